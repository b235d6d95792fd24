/** Made-up trading partners, by what they sell. */

export interface Trade {
  name: string
  town: string
  account: number
  /** VAT rate in percent. */
  vat: 0 | 6 | 12 | 25
  goods: readonly string[]
  /** Price range in kronor, VAT excluded. */
  price: readonly [number, number]
}

export const suppliers: readonly Trade[] = [
  {
    name: 'Bergslagens Trävaru AB',
    town: '702 11 Örebro',
    account: 4010,
    vat: 25,
    goods: ['Reglar 45x145', 'Plywood 12 mm', 'Råspont'],
    price: [1200, 48000],
  },
  {
    name: 'Nordisk Kontorsmaterial AB',
    town: '113 46 Stockholm',
    account: 6110,
    vat: 25,
    goods: ['Kopieringspapper A4', 'Pärmar', 'Toner svart'],
    price: [180, 3400],
  },
  {
    name: 'Telekraft Sverige AB',
    town: '169 79 Solna',
    account: 6212,
    vat: 25,
    goods: ['Mobilabonnemang', 'Bredband företag'],
    price: [399, 4200],
  },
  {
    name: 'Vättern Energi AB',
    town: '553 20 Jönköping',
    account: 5020,
    vat: 25,
    goods: ['Elnätsavgift', 'Elförbrukning'],
    price: [900, 16500],
  },
  {
    name: 'Fastighets AB Kvarnholmen',
    town: '131 31 Nacka',
    account: 5010,
    vat: 25,
    goods: ['Lokalhyra', 'Fastighetsskatt lokal'],
    price: [9500, 38000],
  },
  {
    name: 'Säkra Försäkringar i Norden AB',
    town: '411 04 Göteborg',
    account: 6310,
    vat: 0,
    goods: ['Företagsförsäkring', 'Ansvarsförsäkring'],
    price: [2400, 29000],
  },
  {
    name: 'Bilmekano i Ängelholm AB',
    town: '262 32 Ängelholm',
    account: 5613,
    vat: 25,
    goods: ['Service skåpbil', 'Däckbyte', 'Bromsbelägg'],
    price: [1100, 14000],
  },
  {
    name: 'Revisionsbyrån Löv & Partner HB',
    town: '223 51 Lund',
    account: 6420,
    vat: 25,
    goods: ['Revision', 'Rådgivning årsbokslut'],
    price: [4500, 32000],
  },
  {
    name: 'Molnhuset Drift AB',
    town: '118 60 Stockholm',
    account: 5420,
    vat: 25,
    goods: ['Programlicenser', 'Serverdrift'],
    price: [290, 9800],
  },
  {
    name: 'Tryckeri Åsikten AB',
    town: '903 27 Umeå',
    account: 5910,
    vat: 6,
    goods: ['Broschyr 8 sidor', 'Visitkort'],
    price: [800, 12500],
  },
  {
    name: 'Frakt & Spedition Öresund AB',
    town: '211 20 Malmö',
    account: 5710,
    vat: 25,
    goods: ['Inrikes transport', 'Pallfrakt'],
    price: [450, 8700],
  },
  {
    name: 'Hyrmaskiner Småland AB',
    town: '352 46 Växjö',
    account: 5210,
    vat: 25,
    goods: ['Hyra saxlift', 'Hyra byggfläkt'],
    price: [600, 17500],
  },
]

export const shops: readonly Trade[] = [
  {
    name: 'Järnhandeln på Torget',
    town: '582 22 Linköping',
    account: 5410,
    vat: 25,
    goods: ['Skruvsats', 'Borr 8 mm', 'Hammare'],
    price: [49, 1400],
  },
  {
    name: 'Café Kanelbullen',
    town: '753 20 Uppsala',
    account: 6072,
    vat: 12,
    goods: ['Kaffe och bulle', 'Smörgås'],
    price: [55, 640],
  },
  {
    name: 'Bensinmacken E4 Nyköping',
    town: '611 38 Nyköping',
    account: 5611,
    vat: 25,
    goods: ['Diesel', 'Spolarvätska'],
    price: [180, 1500],
  },
  {
    name: 'Pendelresor AB',
    town: '111 20 Stockholm',
    account: 5810,
    vat: 6,
    goods: ['Tågbiljett', 'Platsbiljett'],
    price: [95, 1900],
  },
  {
    name: 'Hotell Sjöutsikten',
    town: '831 30 Östersund',
    account: 5831,
    vat: 12,
    goods: ['Enkelrum', 'Frukost'],
    price: [690, 3200],
  },
  {
    name: 'Pappershuset',
    town: '652 25 Karlstad',
    account: 6110,
    vat: 25,
    goods: ['Kuvert C5', 'Pennor'],
    price: [29, 480],
  },
]

export const customers: readonly { name: string; town: string }[] = [
  { name: 'Anders Svensson', town: '784 40 Borlänge' },
  { name: 'Brf Tallbacken', town: '172 34 Sundbyberg' },
  { name: 'Region Västerdal', town: '780 50 Vansbro' },
  { name: 'Ljungby Plåt & Smide AB', town: '341 32 Ljungby' },
  { name: 'Stefan Andersson', town: '791 72 Falun' },
  { name: 'Åkessons Måleri AB', town: '291 32 Kristianstad' },
  { name: 'Skolfastigheter i Mora AB', town: '792 30 Mora' },
  { name: 'Österlens Musteri AB', town: '272 31 Simrishamn' },
  { name: 'Kyrkogårdsförvaltningen Hjo', town: '544 30 Hjo' },
  { name: 'Éclair Patisserie AB', town: '116 21 Stockholm' },
]

export const works: readonly string[] = [
  'Arbete timmar',
  'Material enligt spec',
  'Montering',
  'Konsulttimmar',
  'Serviceavtal kvartal',
  'Projektering',
]

/** The accounts of the companies that the sandbox makes up (BAS), with SRU code. */
export const chart: readonly (readonly [number, string, number])[] = [
  [1220, 'Inventarier och verktyg', 7215],
  [1229, 'Ackumulerade avskrivningar på inventarier och verktyg', 7215],
  [1510, 'Kundfordringar', 7251],
  [1630, 'Avräkning för skatter och avgifter (skattekonto)', 7261],
  [1710, 'Förutbetalda hyreskostnader', 7263],
  [1730, 'Förutbetalda försäkringspremier', 7263],
  [1910, 'Kassa', 7281],
  [1930, 'Företagskonto/checkkonto/affärskonto', 7281],
  [2081, 'Aktiekapital', 7301],
  [2091, 'Balanserad vinst eller förlust', 7302],
  [2440, 'Leverantörsskulder', 7365],
  [2510, 'Skatteskulder', 7368],
  [2611, 'Utgående moms på försäljning inom Sverige, 25 %', 7369],
  [2641, 'Debiterad ingående moms', 7369],
  [2650, 'Redovisningskonto för moms', 7369],
  [2710, 'Personalskatt', 7369],
  [2731, 'Avräkning lagstadgade sociala avgifter', 7369],
  [2971, 'Förutbetalda hyresintäkter', 7370],
  [3001, 'Försäljning inom Sverige, 25 % moms', 7410],
  [3041, 'Försäljning av tjänster inom Sverige, 25 % moms', 7410],
  [3740, 'Öres- och kronutjämning', 7410],
  [4010, 'Inköp av varor och material', 7512],
  [5010, 'Lokalhyra', 7513],
  [5020, 'El för belysning', 7513],
  [5210, 'Hyra av maskiner och andra tekniska anläggningar', 7513],
  [5410, 'Förbrukningsinventarier', 7513],
  [5420, 'Programvaror', 7513],
  [5611, 'Drivmedel för personbilar', 7513],
  [5613, 'Reparation och underhåll av personbilar', 7513],
  [5710, 'Frakter, transporter och försäkringar vid varudistribution', 7513],
  [5810, 'Biljetter', 7513],
  [5831, 'Kost och logi i Sverige', 7513],
  [5910, 'Annonsering', 7513],
  [6072, 'Representation, ej avdragsgill', 7513],
  [6110, 'Kontorsmateriel', 7513],
  [6212, 'Mobiltelefon', 7513],
  [6310, 'Företagsförsäkringar', 7513],
  [6420, 'Ersättningar till revisor', 7513],
  [6570, 'Bankkostnader', 7513],
  [7010, 'Löner till kollektivanställda', 7514],
  [7510, 'Arbetsgivaravgifter 31,42 %', 7514],
  [7832, 'Avskrivningar på inventarier och verktyg', 7515],
]

export const seriesNames: readonly (readonly [string, string])[] = [
  ['A', 'Redovisning'],
  ['B', 'Kundfakturor'],
  ['C', 'Kundinbetalningar'],
  ['D', 'Leverantörsfakturor'],
  ['E', 'Leverantörsbetalningar'],
  ['F', 'Kontantfakturor'],
  ['H', 'Periodiseringar'],
  ['K', 'Löner'],
  ['R', 'Kvitton och utlägg'],
]
