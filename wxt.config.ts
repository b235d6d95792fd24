import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import preact from '@preact/preset-vite'
import { defineConfig } from 'wxt'

/** Pins the extension's id in development, so that sign-in's redirect address is known. Not a secret. */
const developmentKey = process.env.UNDERLAG_EXTENSION_KEY

/** What pdf.js loads when a document asks for it: character maps, the standard fonts, decoders. No scripting engine. */
const pdfjs = join(import.meta.dirname, 'node_modules/pdfjs-dist')
const pdfjsAssets = ['cmaps', 'standard_fonts', 'wasm', 'iccs'].flatMap((folder) =>
  readdirSync(join(pdfjs, folder))
    .filter((file) => !file.startsWith('quickjs') && !file.startsWith('LICENSE_'))
    .map((file) => ({ absoluteSrc: join(pdfjs, folder, file), relativeDest: `pdfjs/${folder}/${file}` })),
)

/**
 * For every extension page and the background. A document is drawn by the document window, whose own page narrows
 * `connect-src` to the extension; the background speaks with the edge, whose address is an option.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://127.0.0.2:* http://127.0.0.3:* http://127.0.0.4:* http://localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ')

export default defineConfig({
  srcDir: 'extension',
  entrypointsDir: 'entrypoints',
  publicDir: 'extension/public',
  outDir: process.env.UNDERLAG_EXTENSION_OUT ?? '.output',
  manifestVersion: 3,
  vite: () => ({ plugins: [preact()] }),
  hooks: {
    'build:publicAssets': (_, files) => {
      files.push(...pdfjsAssets)
    },
  },
  manifest: ({ browser, mode }) => ({
    name: 'Underlag',
    default_locale: 'sv',
    description: '__MSG_description__',
    permissions: ['storage', 'unlimitedStorage', 'identity', 'scripting', 'activeTab', 'alarms'],
    // Files and pictures travel between the extension's parts as Blobs.
    ...(browser === 'chrome'
      ? { message_serialization: 'structured_clone', minimum_chrome_version: '148' }
      : {}),
    ...(mode === 'development'
      ? {}
      : { content_security_policy: { extension_pages: contentSecurityPolicy } }),
    web_accessible_resources: [{ resources: ['document.html'], matches: ['<all_urls>'] }],
    ...(developmentKey && browser === 'chrome' ? { key: developmentKey } : {}),
  }),
})
