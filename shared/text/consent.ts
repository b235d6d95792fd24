import { defineText } from './language.ts'

/** The consent page that the company's system administrator opens, and the window Fortnox returns to. */
export const consentText = defineText(
  {
    title: 'Ge läsbehörighet till Fortnox',
    heading: (firm: string) => `Ge ${firm} läsbehörighet i Fortnox`,
    lead: (firm: string, company: string) =>
      `${firm} granskar bokföringen för ${company} och ber om att få se underlagen (fakturor och kvitton) och huvudboken direkt ur Fortnox.`,
    organisationNumber: 'Organisationsnummer',
    holdsUntil: (date: string) => `Länken gäller till och med ${date}.`,
    asked: 'Vad det gäller',
    askedItems: [
      'Huvudboken: verifikat, konton och räkenskapsår.',
      'Underlagen: filer på verifikat och leverantörsfakturor, kundfakturor som PDF, och betalningar, för att hitta rätt faktura.',
      'Företagets namn och organisationsnummer, för att veta att det är rätt företag.',
    ],
    never: 'Vad som aldrig görs',
    neverItems: [
      'Inget skrivs, ändras eller tas bort i Fortnox.',
      'Inget skickas: inga fakturor, påminnelser eller betalningar.',
      'Ditt lösenord når aldrig oss. Du loggar in hos Fortnox.',
    ],
    neverNote:
      'Fortnox har inga rättigheter för enbart läsning. Därför står det ”läsa och skriva” när du godkänner. Vår tjänst släpper bara igenom läsning.',
    requires: 'Fortnox kräver tre saker',
    requiresItems: [
      ['Integrationslicens', 'Licensen ”Fortnox Integration” för företaget.'],
      ['En systemadministratör', 'Bara en systemadministratör kan godkänna.'],
      ['Modulen Bokföring', 'Företaget har licens för Bokföring i Fortnox.'],
    ] as [string, string][],
    howTo: 'Så ser du det i Fortnox',
    howToItems: [
      [
        'Vem kan godkänna?',
        'Inställningar › Användare: den som har rollen systemadministratör. Är det inte du, skicka länken vidare.',
      ],
      [
        'Finns licenserna?',
        'Klicka på företagsnamnet uppe till höger › Våra produkter. Där står Bokföring och Fortnox Integration om de finns, och där beställs de.',
      ],
      [
        'Sköts bokföringen av en byrå?',
        'Då kan byråns konsult logga in, välja företaget och godkänna, om hen är systemadministratör.',
      ],
    ] as [string, string][],
    give: 'Ge behörighet',
    giveNote: 'Fortnox öppnas i ett nytt fönster. Där loggar du in och godkänner.',
    waiting: 'Väntar på ditt godkännande i Fortnox …',
    waitingNote: 'Fönstret kan ha hamnat bakom det här. Stängde du det? Klicka på Ge behörighet igen.',
    done: 'Klart. Fortnox är anslutet',
    doneText: (firm: string, company: string) =>
      `${firm} kan nu se underlag och huvudbok för ${company}. Du kan stänga den här sidan.`,
    doneUndo: 'Ångrar du dig tar du bort kopplingen i Fortnox under Inställningar › Integrationer.',
    already: 'Redan ansluten',
    alreadyText: (firm: string, company: string) =>
      `Länken har använts och Fortnox är anslutet. ${firm} ser underlag och huvudbok för ${company}. Du behöver inte göra något mer.`,
    ended: 'Länken har använts',
    endedText: (firm: string) =>
      `Anslutningen som den gav gäller inte längre. Be ${firm} om en ny länk om Fortnox ska anslutas igen.`,
    chosen: (company: string) => `Det här företaget valdes: ${company}.`,
    closeWindow: 'Stäng fönstret',
    tryAgain: 'Tillbaka till länken',
    requirementMissing: 'Detta saknas',
    footer: 'Underlag visar dokumentet bakom varje rad i bokföringen.',
  },
  {
    title: 'Give read access to Fortnox',
    heading: (firm: string) => `Give ${firm} read access in Fortnox`,
    lead: (firm: string, company: string) =>
      `${firm} reviews the books of ${company} and asks to see the documents (invoices and receipts) and the ledger straight from Fortnox.`,
    organisationNumber: 'Organisation number',
    holdsUntil: (date: string) => `The link holds until ${date}.`,
    asked: 'What is asked for',
    askedItems: [
      'The ledger: vouchers, accounts and fiscal years.',
      'The documents: files on vouchers and supplier invoices, customer invoices as PDF, and payments, to find the right invoice.',
      'The company’s name and organisation number, to know that it is the right company.',
    ],
    never: 'What is never done',
    neverItems: [
      'Nothing is written, changed or removed in Fortnox.',
      'Nothing is sent: no invoices, reminders or payments.',
      'Your password never reaches us. You log in at Fortnox.',
    ],
    neverNote:
      'Fortnox has no permissions for reading alone. That is why it says “read and write” when you approve. Our service lets only reading through.',
    requires: 'Fortnox requires three things',
    requiresItems: [
      ['An integration licence', 'The licence “Fortnox Integration” for the company.'],
      ['A system administrator', 'Only a system administrator can approve.'],
      ['The module Bokföring', 'The company has a licence for Bokföring in Fortnox.'],
    ] as [string, string][],
    howTo: 'Where to see it in Fortnox',
    howToItems: [
      [
        'Who can approve?',
        'Inställningar › Användare: whoever has the role systemadministratör. If that is not you, pass the link on.',
      ],
      [
        'Are the licences there?',
        'Click the company name at the top right › Våra produkter. Bokföring and Fortnox Integration stand there if they exist, and are ordered there.',
      ],
      [
        'Does an accounting firm keep the books?',
        'Then the firm’s consultant can log in, choose the company and approve, if they are a system administrator.',
      ],
    ] as [string, string][],
    give: 'Give access',
    giveNote: 'Fortnox opens in a new window. There you log in and approve.',
    waiting: 'Waiting for your approval in Fortnox …',
    waitingNote: 'The window may be behind this one. Did you close it? Choose Give access again.',
    done: 'Done. Fortnox is connected',
    doneText: (firm: string, company: string) =>
      `${firm} can now see documents and ledger of ${company}. You can close this page.`,
    doneUndo:
      'If you change your mind, remove the connection in Fortnox under Inställningar › Integrationer.',
    already: 'Already connected',
    alreadyText: (firm: string, company: string) =>
      `The link has been used and Fortnox is connected. ${firm} sees documents and ledger of ${company}. There is nothing more to do.`,
    ended: 'The link has been used',
    endedText: (firm: string) =>
      `The connection that it gave no longer holds. Ask ${firm} for a new link if Fortnox is to be connected again.`,
    chosen: (company: string) => `This company was chosen: ${company}.`,
    closeWindow: 'Close the window',
    tryAgain: 'Back to the link',
    requirementMissing: 'This is missing',
    footer: 'Underlag shows the document behind every entry in the books.',
  },
)
