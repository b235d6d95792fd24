import type { Adapter } from './adapter.ts'
import { generic } from './generic/index.ts'
import { senseworks } from './senseworks.ts'
import { standIn } from './stand-in.ts'

/** Every analysis program that is known, the one for any other site last. */
export const adapters: readonly Adapter[] = [standIn, senseworks, generic]

export function adapterFor(location: Pick<Location, 'hostname' | 'protocol'>): Adapter {
  return adapters.find((adapter) => adapter.matches(location)) ?? generic
}
