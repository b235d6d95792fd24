import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import preact from '@preact/preset-vite'
import { defineConfig } from 'wxt'
import { developmentKey, geckoId, knownHosts, standInHosts } from './extension/development.ts'

/** `UNDERLAG_DEVELOPMENT=1`: a pinned id and the stand-in analysis program; see extension/development.ts. */
const development = process.env.UNDERLAG_DEVELOPMENT === '1'
const extensionKey = process.env.UNDERLAG_EXTENSION_KEY ?? (development ? developmentKey : undefined)
/** The edge's address until the options page or a policy says another. */
const edgeOrigin = process.env.UNDERLAG_EDGE_ORIGIN ?? ''
/** Further hosts of a development build, for tests on pages of their own. */
const extraHosts = process.env.UNDERLAG_EXTRA_HOSTS?.split(' ') ?? []
const analysisHosts = [...knownHosts, ...(development ? [...standInHosts, ...extraHosts] : [])]
const edgeHosts = edgeOrigin ? [`${new URL(edgeOrigin).protocol}//${new URL(edgeOrigin).hostname}/*`] : []

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
  modules: ['@wxt-dev/i18n/module'],
  imports: false,
  vite: () => ({
    plugins: [preact()],
    define: {
      __EDGE_ORIGIN__: JSON.stringify(edgeOrigin),
      __ANALYSIS_HOSTS__: JSON.stringify(analysisHosts),
    },
  }),
  hooks: {
    'build:publicAssets': (_, files) => {
      files.push(...pdfjsAssets)
    },
  },
  manifest: ({ browser, mode }) => ({
    name: '__MSG_name__',
    default_locale: 'sv',
    description: '__MSG_description__',
    permissions: ['storage', 'unlimitedStorage', 'identity', 'scripting', 'activeTab', 'alarms'],
    // The edge's own origin needs no host permission for its answers (it allows the extension's origin by CORS), but
    // sign-in's token request and a self-hosted edge do; sites of other analysis programs are asked for one by one.
    host_permissions: [...analysisHosts, ...edgeHosts],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Firefox takes policies without a schema.
    ...(browser === 'chrome' ? { storage: { managed_schema: 'policy.json' } } : {}),
    action: { default_title: '__MSG_name__' },
    commands: {
      'focus-row': {
        suggested_key: { default: 'Alt+Shift+U' },
        description: '__MSG_command_focus_row__',
      },
    },
    // Files and pictures travel between the extension's parts as Blobs.
    ...(browser === 'chrome'
      ? { message_serialization: 'structured_clone', minimum_chrome_version: '148' }
      : {
          browser_specific_settings: {
            gecko: {
              id: geckoId,
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['authenticationInfo', 'financialAndPaymentInfo'] },
            },
          },
        }),
    ...(mode === 'development'
      ? {}
      : { content_security_policy: { extension_pages: contentSecurityPolicy } }),
    content_scripts: [
      { matches: analysisHosts, js: ['content-scripts/analysis.js'], run_at: 'document_idle' },
    ],
    web_accessible_resources: [{ resources: ['document.html'], matches: ['<all_urls>'] }],
    ...(extensionKey && browser === 'chrome' ? { key: extensionKey } : {}),
  }),
})
