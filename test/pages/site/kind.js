import { heading } from './books.js'

/** `?` and a name: the page that `kinds/<name>.js` draws. */
heading('Bokföring')
await import(`./kinds/${new URL(location.href).search.slice(1)}.js`)
