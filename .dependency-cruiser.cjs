/**
 * The import table of docs/design.md ("who may import whom"), enforced. One row per module; errors.ts and clock.ts are free to all.
 */
const COMMON = ['^src/errors\\.ts$', '^src/clock\\.ts$'];
const table = {
  '^src/search/': ['^src/search/'],
  '^src/knowledge/': ['^src/knowledge/'],
  '^src/answering/': ['^src/answering/', '^src/search/', '^src/knowledge/'],
  '^src/evaluation/': ['^src/evaluation/', '^src/answering/', '^src/knowledge/', '^src/search/'],
  '^src/rendering/': [
    '^src/rendering/',
    '^src/knowledge/(model|versions|parameters|overlay)\\.ts$',
    '^src/answering/outcome\\.ts$',
  ],
  '^src/storage/': ['^src/storage/', '^src/observability/[a-zA-Z]*\\.ts$'],
  '^src/observability/': ['^src/observability/', '^src/storage/ports\\.ts$'],
  '^dialogs/': [
    '^dialogs/',
    '^src/answering/',
    '^src/knowledge/model\\.ts$',
    '^src/rendering/',
    '^src/storage/ports\\.ts$',
    '^src/bot/state\\.ts$',
  ],
  '^src/bot/': ['^src/bot/', '^src/rendering/', '^src/storage/', '^src/observability/'],
  '^src/channels/': [
    '^src/channels/',
    '^src/rendering/',
    '^src/storage/ports\\.ts$',
    '^src/observability/',
    '^src/http/errors\\.ts$',
  ],
  '^src/http/': ['^src/http/', '^src/channels/[a-zA-Z]+\\.ts$', '^src/observability/'],
  '^src/cli/': [
    '^src/cli/',
    '^src/knowledge/',
    '^src/answering/',
    '^src/evaluation/',
    '^src/rendering/',
    '^src/search/',
    '^src/preview/',
    '^src/learning/',
    '^src/statistics/',
    '^src/storage/',
    '^src/mind\\.ts$',
    '^src/service\\.ts$',
    '^src/config\\.ts$',
  ],
  '^src/preview/': [
    '^src/preview/',
    '^src/knowledge/',
    '^src/answering/',
    '^src/rendering/',
    '^src/search/',
    '^src/mind\\.ts$',
  ],
  '^src/statistics/': ['^src/statistics/'],
  '^src/learning/': [
    '^src/learning/',
    '^src/knowledge/',
    '^src/answering/',
    '^src/search/',
    '^src/storage/ports\\.ts$',
  ],
};
const sdkFree = ['^src/search/', '^src/knowledge/', '^src/answering/', '^src/evaluation/'];
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(table).map(([from, allowed]) => ({
      name: `imports-of-${from.replace(/[^a-z]/gi, '')}`,
      severity: 'error',
      from: { path: from },
      to: { path: '^(src|dialogs|bench|test)/', pathNot: [...allowed, ...COMMON] },
    })),
    {
      name: 'core-is-sdk-free',
      severity: 'error',
      from: { path: sdkFree },
      to: { path: 'node_modules/(botbuilder|botframework|restify)' },
    },
    { name: 'search-is-pure', severity: 'error', from: { path: '^src/search/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'dialogs-only-from-service',
      severity: 'error',
      from: { pathNot: ['^dialogs/', '^src/service\\.ts$'] },
      to: { path: '^dialogs/' },
    },
    {
      name: 'no-dev-packages-in-production',
      severity: 'error',
      from: { path: '^(src|dialogs)/', pathNot: '^src/(widget|evaluation/peers)' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
