/** Enough of a browser for pages without script: cookies per site, redirects followed, forms posted. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()
  readonly #headers: Record<string, string>

  constructor(headers: Record<string, string> = {}) {
    this.#headers = headers
  }

  /**
   * Opens an address, or posts a form to it; follows redirects while they lead to addresses of this machine.
   *
   * @param options.follow false: stops at the first redirect and answers with where it leads
   */
  async open(
    address: string,
    form?: Record<string, string>,
    options: { follow?: boolean } = {},
  ): Promise<{ url: string; status: number; body: string; headers: Headers }> {
    let url = new URL(address)
    let body = form && new URLSearchParams(form)
    for (let hop = 0; hop < 20; hop++) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        body: body ?? null,
        redirect: 'manual',
        headers: {
          ...this.#headers,
          cookie: this.#cookieHeader(url),
          ...(body ? { origin: url.origin } : {}),
        },
      })
      this.#keep(url, response)
      const location = response.headers.get('location')
      if (location === null) {
        return {
          url: url.href,
          status: response.status,
          body: await response.text(),
          headers: response.headers,
        }
      }
      await response.body?.cancel()
      url = new URL(location, url)
      body = undefined
      if (options.follow === false || !url.hostname.startsWith('127.')) {
        return { url: url.href, status: response.status, body: '', headers: response.headers }
      }
    }
    throw new Error(`too many redirects: ${address}`)
  }

  #cookieHeader(url: URL): string {
    return [...(this.#cookies.get(url.hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  #keep(url: URL, response: Response): void {
    const jar = this.#cookies.get(url.hostname) ?? new Map<string, string>()
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split(';')
      const [name, ...value] = pair!.split('=')
      if (attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute))) jar.delete(name!.trim())
      else jar.set(name!.trim(), value.join('='))
    }
    this.#cookies.set(url.hostname, jar)
  }
}
