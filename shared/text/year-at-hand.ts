import { defineText } from './language.ts'

/** A year's documents fetched ahead: what is offered, how far it has come, why it waits. */
export const yearAtHandText = defineText(
  {
    start: 'Gör året tillgängligt direkt',
    startHelp: (documents: string) =>
      `Hämtar årets ${documents} dokument till den här datorn i bakgrunden, så att de öppnas genast.`,
    pause: 'Pausa',
    resume: 'Fortsätt',
    cancel: 'Avbryt',
    fetchNew: 'Hämta det nya',
    hide: 'Dölj',
    options: 'Inställningar',
    label: (year: string) => `Årets dokument till den här datorn, ${year}`,
    labelOf: (company: string, year: string) => `Dokument till den här datorn: ${company}, ${year}`,
    progress: (done: string, total: string) => `${done} av ${total}`,
    documents: (count: string) => `${count} dokument`,
    listing: 'Läser dokumentlistan',
    underMinute: 'mindre än en minut kvar',
    minutes: (minutes: number) => `ca ${minutes} min kvar`,
    hours: (hours: number, minutes: number) =>
      minutes === 0 ? `ca ${hours} tim kvar` : `ca ${hours} tim ${minutes} min kvar`,
    state: {
      queued: 'Väntar tills ett annat år är klart',
      running: 'Hämtar dokumenten',
      waiting: 'Väntar',
      paused: 'Pausad',
      stopped: 'Stannade',
      done: 'Årets dokument finns på den här datorn',
    },
    retryAt: (time: string) => `Försöker igen ${time}.`,
    missing: (count: string) => `${count} gick inte att hämta`,
    newer: 'Året har synkats sedan dess.',
    years: 'År som hämtas eller har hämtats',
  },
  {
    start: 'Make the year available at once',
    startHelp: (documents) =>
      documents === '1'
        ? 'Fetches the year’s only document to this computer in the background, so that it opens at once.'
        : `Fetches the year’s ${documents} documents to this computer in the background, so that they open at once.`,
    pause: 'Pause',
    resume: 'Go on',
    cancel: 'Cancel',
    fetchNew: 'Fetch what is new',
    hide: 'Hide',
    options: 'Options',
    label: (year) => `The year’s documents to this computer, ${year}`,
    labelOf: (company, year) => `Documents to this computer: ${company}, ${year}`,
    progress: (done, total) => `${done} of ${total}`,
    documents: (count) => (count === '1' ? '1 document' : `${count} documents`),
    listing: 'Reading the list of documents',
    underMinute: 'less than a minute left',
    minutes: (minutes) => `about ${minutes} min left`,
    hours: (hours, minutes) =>
      minutes === 0 ? `about ${hours} h left` : `about ${hours} h ${minutes} min left`,
    state: {
      queued: 'Waiting until another year is done',
      running: 'Fetching the documents',
      waiting: 'Waiting',
      paused: 'Paused',
      stopped: 'Stopped',
      done: 'The year’s documents are on this computer',
    },
    retryAt: (time) => `Tries again ${time}.`,
    missing: (count) => `${count} could not be fetched`,
    newer: 'The year was synced since.',
    years: 'Years that are or were fetched',
  },
)
