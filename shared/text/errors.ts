import type { ErrorCode, WireError } from '../errors.ts'
import { defineText, type Language } from './language.ts'

/** What happened, and what to do about it. `{name}` is filled from the error's data. */
export interface ErrorText {
  title: string
  /** Why, and the way out. */
  help: string
}

const sv: Record<ErrorCode, ErrorText> = {
  not_signed_in: {
    title: 'Du är inte inloggad',
    help: 'Logga in i Underlag från verktygsfältet och försök igen.',
  },
  sign_in_failed: {
    title: 'Inloggningen gick inte igenom',
    help: 'Försök igen. Händer det på nytt, be byråns IT kontrollera inloggningstjänsten.',
  },
  forbidden: { title: 'Du saknar behörighet', help: 'Be någon på byrån med behörighet att göra detta.' },
  not_found: { title: 'Det finns inte', help: 'Det kan ha tagits bort. Ladda om sidan.' },
  bad_request: { title: 'Begäran gick inte att förstå', help: 'Uppdatera tillägget och försök igen.' },
  too_large: { title: 'För stort', help: 'Filen är större än vad som kan tas emot.' },
  internal: { title: 'Något gick fel hos oss', help: 'Inget har ändrats. Försök igen om en stund.' },
  edge_unreachable: {
    title: 'Underlag svarar inte',
    help: 'Kontrollera nätverket. Dokument som redan öppnats går att se ändå.',
  },
  organisation_number_invalid: {
    title: 'Organisationsnumret stämmer inte',
    help: 'Kontrollera siffrorna: tio stycken, den sista är en kontrollsiffra.',
  },
  company_not_confirmed: {
    title: 'Företaget är inte bekräftat',
    help: 'Bekräfta företagets namn och organisationsnummer på sidan ”Läs in data”.',
  },
  consent_link_unknown: {
    title: 'Länken finns inte',
    help: 'Kontrollera att hela länken kom med, eller be om en ny.',
  },
  consent_link_expired: { title: 'Länken har gått ut', help: 'Be den som skickade länken om en ny.' },
  consent_link_withdrawn: { title: 'Länken är återkallad', help: 'Be den som skickade länken om en ny.' },
  consent_link_used: {
    title: 'Redan ansluten',
    help: 'Länken har använts och företaget är anslutet. Du behöver inte göra något mer.',
  },
  consent_state_invalid: {
    title: 'Godkännandet hör inte till den här webbläsaren',
    help: 'Öppna länken igen och klicka på Ge behörighet i samma webbläsare som du godkänner i.',
  },
  consent_denied: {
    title: 'Du godkände inte',
    help: 'Inget har anslutits. Länken gäller fortfarande: öppna den igen om du ändrar dig.',
  },
  consent_no_answer: {
    title: 'Fortnox skickade inget svar',
    help: 'Det händer när kontot är låst eller obetalt. Logga in i Fortnox, rätta till det och öppna länken igen.',
  },
  consent_failed: {
    title: 'Fortnox kunde inte slutföra godkännandet',
    help: 'Länken gäller fortfarande. Försök igen om en stund.',
  },
  missing_integration_licence: {
    title: 'Integrationslicens saknas',
    help: 'Företaget behöver licensen ”Fortnox Integration”. Den beställs i Fortnox under företagsnamnet › Våra produkter. Öppna sedan länken igen.',
  },
  missing_system_administrator: {
    title: 'Du är inte systemadministratör',
    help: 'Bara en systemadministratör i Fortnox kan godkänna. Skicka länken vidare: vem det är står under Inställningar › Användare.',
  },
  missing_bookkeeping: {
    title: 'Modulen Bokföring saknas',
    help: 'Företaget behöver licens för Bokföring i Fortnox. Lägg till den under företagsnamnet › Våra produkter och öppna länken igen.',
  },
  wrong_company: {
    title: 'Fel företag valdes',
    help: 'Länken gäller {expected}, men ett annat företag valdes i Fortnox. Inget har anslutits. Öppna länken igen och välj rätt företag.',
  },
  company_without_number: {
    title: 'Företaget har inget organisationsnummer i Fortnox',
    help: 'Därför går det inte att se att det är rätt företag, och inget har anslutits. Fyll i organisationsnumret i Fortnox under Inställningar › Företagsinställningar och öppna länken igen.',
  },
  connection_inactive: {
    title: 'Fortnox är inte anslutet',
    help: 'Klicka på Aktivera på sidan ”Läs in data”.',
  },
  connection_broken: {
    title: 'Kopplingen till Fortnox är bruten',
    help: 'Skapa en ny länk med Aktivera och låt en systemadministratör godkänna igen.',
  },
  consent_revoked: {
    title: 'Godkännandet är återkallat i Fortnox',
    help: 'Skapa en ny länk med Aktivera och låt en systemadministratör godkänna igen.',
  },
  fortnox_unreachable: { title: 'Fortnox svarar inte', help: 'Inget har ändrats. Försök igen om en stund.' },
  fortnox_rate_limited: {
    title: 'Fortnox tar inte emot fler frågor just nu',
    help: 'Vänta någon minut och försök igen.',
  },
  fortnox_bad_answer: {
    title: 'Fortnox svarade på ett sätt som inte går att läsa',
    help: 'Inget har ändrats. Försök igen om en stund.',
  },
  fortnox_year_missing: {
    title: 'Räkenskapsåret finns inte i Fortnox',
    help: 'Lägg upp räkenskapsåret i Fortnox, eller läs in en SIE-fil för det.',
  },
  fortnox_scope_missing: {
    title: 'Godkännandet omfattar inte detta',
    help: 'Skapa en ny länk med Aktivera så att rätt behörigheter efterfrågas.',
  },
  fortnox_licence_missing: {
    title: 'Licens saknas i Fortnox',
    help: 'Företaget saknar licensen för den här delen av Fortnox. Dokumenten därifrån utelämnas.',
  },
  fortnox_not_found: {
    title: 'Finns inte i Fortnox',
    help: 'Det kan ha tagits bort där. Synka året på nytt.',
  },
  sie_not_sie: {
    title: 'Det är inte en SIE-fil',
    help: 'Exportera en SIE-4-fil från bokföringsprogrammet och välj den.',
  },
  sie_truncated: {
    title: 'Filen är avklippt',
    help: 'Slutet saknas. Exportera filen igen. Inget har ändrats.',
  },
  sie_control_sum: {
    title: 'Kontrollsumman stämmer inte',
    help: 'Filen har ändrats efter att den skapades. Exportera den igen. Inget har ändrats.',
  },
  sie_unreadable: { title: 'Filen går inte att läsa', help: 'Rad {line}: {text} Inget har ändrats.' },
  sie_without_vouchers: {
    title: 'Filen har inga verifikat',
    help: 'Det är en SIE-fil av typ {type}. Exportera typ 4, som har verifikaten med.',
  },
  sie_other_company: {
    title: 'Filen hör till ett annat företag',
    help: 'Filens organisationsnummer är {actual}, men här väntades {expected}. Inget har ändrats.',
  },
  sie_other_year: {
    title: 'Filen gäller ett annat räkenskapsår',
    help: 'Filen gäller {actual}, men här väntades {expected}. Inget har ändrats.',
  },
  ledger_empty: {
    title: 'Året har ingen huvudbok här',
    help: 'Hämta den från Fortnox eller läs in en SIE-fil.',
  },
  ledger_incomplete: {
    title: 'Huvudboken kom inte hel från Fortnox',
    help: 'Fortnox har {expected} verifikat men skickade {actual}. Den gamla huvudboken är kvar. Försök igen.',
  },
  ledger_changed_meanwhile: { title: 'Året ändrades medan du svarade', help: 'Läs in filen på nytt.' },
  upload_unknown: { title: 'Uppladdningen finns inte längre', help: 'Läs in filen på nytt.' },
  sync_running: { title: 'Året synkas redan', help: 'Vänta tills den pågående synkningen är klar.' },
  sync_failed: { title: 'Synkningen avbröts', help: 'Det gamla är kvar. Försök igen.' },
  document_gone: {
    title: 'Dokumentet finns inte längre i Fortnox',
    help: 'Det har tagits bort eller kopplats loss. Synka året på nytt.',
  },
  document_no_permission: {
    title: 'Fortnox lämnar inte ut dokumentet',
    help: 'Företagets licens eller godkännande täcker inte den här typen av dokument. Be företaget om det, eller låt en systemadministratör godkänna igen.',
  },
  document_type_unsupported: {
    title: 'Filtypen kan inte visas här',
    help: 'Spara filen och öppna den i ett program som du litar på.',
  },
  document_too_large: { title: 'Dokumentet är för stort att visa', help: 'Spara det i stället.' },
  document_too_complex: {
    title: 'Dokumentet tog för lång tid att rita',
    help: 'Spara det i stället och öppna det i ett annat program.',
  },
  document_interrupted: {
    title: 'Överföringen avbröts',
    help: 'Försök igen. Ett halvt dokument sparas aldrig.',
  },
  document_encrypted: {
    title: 'Dokumentet är låst med lösenord',
    help: 'Skriv lösenordet för att se det här, eller spara filen.',
  },
  document_broken: {
    title: 'Dokumentet är skadat',
    help: 'Filen går inte att läsa. Öppna den i Fortnox för att se om den är hel där.',
  },
  cache_full: {
    title: 'Utrymmet för dokument på den här datorn är slut',
    help: 'Höj gränsen eller töm under Inställningar, och fortsätt sedan. Det som redan hämtats är kvar.',
  },
}

const en: Record<ErrorCode, ErrorText> = {
  not_signed_in: {
    title: 'You are not signed in',
    help: 'Sign in to Underlag from the toolbar and try again.',
  },
  sign_in_failed: {
    title: 'Signing in did not work',
    help: 'Try again. If it happens again, ask your firm’s IT to check the sign-in service.',
  },
  forbidden: { title: 'You do not have permission', help: 'Ask someone at the firm who has.' },
  not_found: { title: 'It does not exist', help: 'It may have been removed. Reload the page.' },
  bad_request: { title: 'The request could not be understood', help: 'Update the extension and try again.' },
  too_large: { title: 'Too large', help: 'The file is larger than what can be received.' },
  internal: { title: 'Something went wrong on our side', help: 'Nothing was changed. Try again in a while.' },
  edge_unreachable: {
    title: 'Underlag does not answer',
    help: 'Check your network. Documents opened before can still be seen.',
  },
  organisation_number_invalid: {
    title: 'The organisation number is not right',
    help: 'Check the digits: ten of them, the last is a check digit.',
  },
  company_not_confirmed: {
    title: 'The company is not confirmed',
    help: 'Confirm the company’s name and organisation number on the page “Läs in data”.',
  },
  consent_link_unknown: {
    title: 'There is no such link',
    help: 'Check that you have the whole link, or ask for a new one.',
  },
  consent_link_expired: { title: 'The link has expired', help: 'Ask the person who sent it for a new one.' },
  consent_link_withdrawn: {
    title: 'The link was withdrawn',
    help: 'Ask the person who sent it for a new one.',
  },
  consent_link_used: {
    title: 'Already connected',
    help: 'The link has been used and the company is connected. There is nothing more to do.',
  },
  consent_state_invalid: {
    title: 'The approval does not belong to this browser',
    help: 'Open the link again and choose Give access in the browser where you approve.',
  },
  consent_denied: {
    title: 'You did not approve',
    help: 'Nothing was connected. The link still holds: open it again if you change your mind.',
  },
  consent_no_answer: {
    title: 'Fortnox sent no answer',
    help: 'That happens when the account is locked or unpaid. Log in to Fortnox, put it right and open the link again.',
  },
  consent_failed: {
    title: 'Fortnox could not finish the approval',
    help: 'The link still holds. Try again in a while.',
  },
  missing_integration_licence: {
    title: 'The integration licence is missing',
    help: 'The company needs the licence “Fortnox Integration”. Order it in Fortnox under the company name › Våra produkter. Then open the link again.',
  },
  missing_system_administrator: {
    title: 'You are not a system administrator',
    help: 'Only a system administrator in Fortnox can approve. Pass the link on: who it is stands under Inställningar › Användare.',
  },
  missing_bookkeeping: {
    title: 'The module Bokföring is missing',
    help: 'The company needs a licence for Bokföring in Fortnox. Add it under the company name › Våra produkter and open the link again.',
  },
  wrong_company: {
    title: 'The wrong company was chosen',
    help: 'The link is for {expected}, but another company was chosen in Fortnox. Nothing was connected. Open the link again and choose the right company.',
  },
  company_without_number: {
    title: 'The company has no organisation number in Fortnox',
    help: 'So it cannot be seen that it is the right company, and nothing was connected. Fill in the organisation number in Fortnox under Inställningar › Företagsinställningar and open the link again.',
  },
  connection_inactive: {
    title: 'Fortnox is not connected',
    help: 'Choose Aktivera on the page “Läs in data”.',
  },
  connection_broken: {
    title: 'The connection to Fortnox is broken',
    help: 'Make a new link with Aktivera and have a system administrator approve again.',
  },
  consent_revoked: {
    title: 'The approval was revoked in Fortnox',
    help: 'Make a new link with Aktivera and have a system administrator approve again.',
  },
  fortnox_unreachable: {
    title: 'Fortnox does not answer',
    help: 'Nothing was changed. Try again in a while.',
  },
  fortnox_rate_limited: {
    title: 'Fortnox takes no more requests right now',
    help: 'Wait a minute and try again.',
  },
  fortnox_bad_answer: {
    title: 'Fortnox gave an answer that cannot be read',
    help: 'Nothing was changed. Try again in a while.',
  },
  fortnox_year_missing: {
    title: 'Fortnox does not have this fiscal year',
    help: 'Create the fiscal year in Fortnox, or read in a SIE file for it.',
  },
  fortnox_scope_missing: {
    title: 'The approval does not cover this',
    help: 'Make a new link with Aktivera so that the right permissions are asked for.',
  },
  fortnox_licence_missing: {
    title: 'A licence is missing in Fortnox',
    help: 'The company has no licence for this part of Fortnox. Documents from it are left out.',
  },
  fortnox_not_found: {
    title: 'Not found in Fortnox',
    help: 'It may have been removed there. Sync the year again.',
  },
  sie_not_sie: {
    title: 'This is not a SIE file',
    help: 'Export a SIE-4 file from the bookkeeping program and choose that.',
  },
  sie_truncated: {
    title: 'The file is cut off',
    help: 'Its end is missing. Export the file again. Nothing was changed.',
  },
  sie_control_sum: {
    title: 'The control sum does not agree',
    help: 'The file was changed after it was made. Export it again. Nothing was changed.',
  },
  sie_unreadable: { title: 'The file cannot be read', help: 'Line {line}: {text} Nothing was changed.' },
  sie_without_vouchers: {
    title: 'The file has no vouchers',
    help: 'It is a SIE file of type {type}. Export type 4, which holds the vouchers.',
  },
  sie_other_company: {
    title: 'The file belongs to another company',
    help: 'The file’s organisation number is {actual}, but {expected} was expected. Nothing was changed.',
  },
  sie_other_year: {
    title: 'The file is for another fiscal year',
    help: 'The file is for {actual}, but {expected} was expected. Nothing was changed.',
  },
  ledger_empty: {
    title: 'The year has no ledger here',
    help: 'Fetch it from Fortnox or read in a SIE file.',
  },
  ledger_incomplete: {
    title: 'The ledger did not arrive whole from Fortnox',
    help: 'Fortnox has {expected} vouchers but sent {actual}. The old ledger is kept. Try again.',
  },
  ledger_changed_meanwhile: {
    title: 'The year changed while you were answering',
    help: 'Read the file in again.',
  },
  upload_unknown: { title: 'The upload is no longer there', help: 'Read the file in again.' },
  sync_running: { title: 'The year is being synced already', help: 'Wait until the running sync is done.' },
  sync_failed: { title: 'The sync was interrupted', help: 'What was there is kept. Try again.' },
  document_gone: {
    title: 'The document is no longer in Fortnox',
    help: 'It was removed or unlinked. Sync the year again.',
  },
  document_no_permission: {
    title: 'Fortnox does not hand out the document',
    help: 'The company’s licence or approval does not cover this kind of document. Ask the company for it, or have a system administrator approve again.',
  },
  document_type_unsupported: {
    title: 'This kind of file cannot be shown here',
    help: 'Save the file and open it in a program that you trust.',
  },
  document_too_large: { title: 'The document is too large to show', help: 'Save it instead.' },
  document_too_complex: {
    title: 'The document took too long to draw',
    help: 'Save it instead and open it in another program.',
  },
  document_interrupted: {
    title: 'The transfer was interrupted',
    help: 'Try again. Half a document is never kept.',
  },
  document_encrypted: {
    title: 'The document is locked with a password',
    help: 'Type the password to see it here, or save the file.',
  },
  document_broken: {
    title: 'The document is damaged',
    help: 'The file cannot be read. Open it in Fortnox to see whether it is whole there.',
  },
  cache_full: {
    title: 'The space for documents on this computer is used up',
    help: 'Raise the limit or clear it under Options, then go on. What was fetched is still there.',
  },
}

const catalogue = defineText(sv, en)

/** The sentence for an error, its data filled in. */
export function errorText({ code, data }: WireError, language: Language): ErrorText {
  const { title, help } = catalogue(language)[code]
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? '–'))
  return { title: fill(title), help: fill(help) }
}
