/**
 * What a development build differs in. `UNDERLAG_DEVELOPMENT=1` at build time: the stand-in analysis program is a known
 * host, and the extension's id is pinned so that sign-in's redirect address is known beforehand. None of this is secret.
 */

/** Public half of a key pair made for development; the id below is its hash. `UNDERLAG_EXTENSION_KEY` replaces it. */
export const developmentKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmEEPc3tqSgSCKJ74HSCrzI+1PdtiLYQwLpoKr/uFj8rS7/1KkvJu' +
  'ji+JUcdQDb7qZQuTCOT/Z8mif6nnZn4XdkOzE99IpaPw3sxsygMsuaqgW2tBEYf5jEdWzHV5pUiCG0dQGiIF4PLvsEP3HNBL' +
  'zxiocsmpzbdPi6t1pthgXQcGQRNBFal10HF3U4qbk/HfqXI0FMK+Ye/+fuqDPs/Xr5GvqIxeOGw3Bv8ixcFqIv98FtdxfKMk' +
  'g+/cJHvWIuH4cJTtmK5dYUVLTNwvtiq4TXd5MrOd8nQFgJGoihlLiA3ykSX3iu3O7Ex2uALO62dXDVZh8I0qGfttSQ/xwrvf' +
  'lQIDAQAB'

/** The Chrome id that {@link developmentKey} gives. */
export const developmentId = 'naikcfjkpibbgfoghgcgjbkodfcnfjlk'

/** Where sign-in returns to in Chrome: one of the edge's `EXTENSION_REDIRECTS`. */
export const developmentRedirect = `https://${developmentId}.chromiumapp.org/signed-in`

/** Firefox' id; its redirect address is made from it. */
export const geckoId = 'underlag@underlag.example'

/** Where the stand-in analysis program stands. */
export const standInHosts = ['http://127.0.0.4/*']

/** Analysis programs that are known without the user turning anything on. */
export const knownHosts = ['https://*.senseworks.io/*', 'https://*.senseworks.se/*']
