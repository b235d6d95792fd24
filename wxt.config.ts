import preact from '@preact/preset-vite'
import { defineConfig } from 'wxt'

/** Pins the extension's id in development, so that sign-in's redirect address is known. Not a secret. */
const developmentKey = process.env.UNDERLAG_EXTENSION_KEY

export default defineConfig({
  srcDir: 'extension',
  entrypointsDir: 'entrypoints',
  publicDir: 'extension/public',
  outDir: process.env.UNDERLAG_EXTENSION_OUT ?? '.output',
  manifestVersion: 3,
  vite: () => ({ plugins: [preact()] }),
  manifest: ({ browser }) => ({
    name: 'Underlag',
    default_locale: 'sv',
    description: '__MSG_description__',
    permissions: ['storage', 'unlimitedStorage', 'identity', 'scripting', 'activeTab', 'alarms'],
    ...(developmentKey && browser === 'chrome' ? { key: developmentKey } : {}),
  }),
})
