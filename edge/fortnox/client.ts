import { systemClock } from '../../shared/clock.ts'
import { UnderlagError } from '../../shared/errors.ts'
import type { Env } from '../env.ts'
import { createFortnox } from './fortnox.ts'
import type { Told } from './gateway.ts'
import type { PermitOffice } from './request.ts'
import type { Fortnox, Priority } from './types.ts'

/** The Fortnox of a tenant, through its gateway. */
export function openFortnox(env: Env, tenant: number, priority: Priority): Fortnox {
  return createFortnox({
    apiOrigin: env.FORTNOX_API_ORIGIN,
    fetch: (input, init) => fetch(input, init),
    clock: systemClock,
    office: gatewayOffice(env, tenant),
    priority,
  })
}

/** The tenant's gateway as a permit office: errors come back as what they were. */
export function gatewayOffice(env: Env, tenant: number): PermitOffice & { lastWay: () => string | null } {
  const gateway = env.GATEWAY.getByName(String(tenant))
  let fileWay: string | null = null
  return {
    lastWay: () => fileWay,
    async permit(priority) {
      const permit = heard(await gateway.permit(tenant, priority))
      fileWay = permit.fileWay
      return permit
    },
    answered: (permit) => gateway.answered(permit),
    giveBack: (permit) => gateway.giveBack(permit),
    pause: (ms) => gateway.pause(ms),
    refused: async (version) => heard(await gateway.refused(tenant, version)),
    rememberFileWay: async (way) => {
      fileWay = way
      await gateway.rememberFileWay(way)
    },
  }
}

function heard<T>(told: Told<T>): T {
  if ('error' in told) throw new UnderlagError(told.error.code, told.error.data)
  return told.value
}
