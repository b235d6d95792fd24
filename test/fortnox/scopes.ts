/** Fortnox' scopes, and the module licences that each one needs. */

import type { Company, Licence } from './model.ts'

/** Any one of the licences will do; an empty list needs none. */
const needs: Record<string, readonly Licence[]> = {
  bookkeeping: ['bokforing'],
  companyinformation: [],
  settings: [],
  archive: ['arkivplats'],
  inbox: [],
  connectfile: ['bokforing', 'leverantor', 'fakturering'],
  supplierinvoice: ['leverantor'],
  supplier: ['leverantor'],
  invoice: ['fakturering'],
  payment: ['fakturering', 'leverantor'],
  customer: ['fakturering', 'order'],
  article: ['fakturering', 'order'],
  price: ['fakturering', 'order'],
  order: ['order'],
  offer: ['order'],
  project: [],
  costcenter: [],
  currency: [],
  print: [],
  profile: [],
  salary: ['lon'],
  timereporting: ['lon'],
  assets: ['bokforing'],
  noxfinansinvoice: ['fakturering'],
  warehouse: ['order'],
  warehousecustomdocument: ['order'],
  companylogo: [],
  deletevoucher: ['bokforing'],
  developerapi: [],
}

export const knownScopes: readonly string[] = Object.keys(needs)

/** What the registered client may ask for, and asks for unless told otherwise. */
export const defaultScopes: readonly string[] = [
  'bookkeeping',
  'companyinformation',
  'settings',
  'archive',
  'inbox',
  'connectfile',
  'supplierinvoice',
  'supplier',
  'invoice',
  'payment',
  'customer',
  'costcenter',
  'project',
  'profile',
]

/** Whether the company owns one of the licences that the scope needs. */
export function licensed(company: Company, scope: string): boolean {
  const licences = needs[scope] ?? []
  return licences.length === 0 || licences.some((licence) => company.licences.has(licence))
}
