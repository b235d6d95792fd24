/** Put in at build time (wxt.config.ts). */
declare const __EDGE_ORIGIN__: string
declare const __ANALYSIS_HOSTS__: string[]
