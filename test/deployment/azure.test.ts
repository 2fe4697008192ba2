/**
 * The ARM templates, held to account without Azure: everything resolves and is used, dependencies exist, secrets are secret,
 * and the app settings are settings of the service that it starts with. Not a deployment: that needs a subscription.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { blobAccess, parseConfig, settingRows } from '../../src/config';
import {
  ArmScope,
  expressionsIn,
  namesUsed,
  type ArmParameter,
  type ArmResource,
  type ArmTemplate,
} from '../support/armTemplate';

const folder = join('deploymentTemplates', 'azure');
const inner = join(folder, 'deployUseExistResourceGroup');
const outer = join(folder, 'deployWithNewResourceGroup');
/** App Service's own. */
const platformSettings = ['SCM_DO_BUILD_DURING_DEPLOYMENT', 'MALLOC_ARENA_MAX', 'WEBSITE_DISABLE_OVERLAPPED_RECYCLING'];
const secretValues = {
  databasePassword: 'x'.repeat(20),
  directLineSecret: 'y'.repeat(40),
  metricsToken: 'z'.repeat(20),
};

interface ParameterFile {
  readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
}

const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8')) as unknown;
const template = (name: string): ArmTemplate => read(inner, `template-${name}-with-rg.json`) as ArmTemplate;
const given = (dir: string, file: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries((read(dir, file) as ParameterFile).parameters).map(([name, { value }]) => [name, value]),
  );
const stages = ['test', 'production'];

describe.each(['BotApp', 'AzureBot'])('the template %s', (name) => {
  const arm = template(name);
  const scopes = stages.map(
    (stage) =>
      new ArmScope(arm, { ...secretValues, ...given(inner, `parameters-for-template-${name}-with-rg-${stage}.json`) }),
  );

  it('resolves every expression with every parameter file', () => {
    const expressions = expressionsIn(arm);
    expect(expressions.length).toBeGreaterThan(10);
    for (const scope of scopes) for (const text of expressions) expect(() => scope.value(text)).not.toThrow();
  });

  it('uses every parameter and variable it declares', () => {
    const { parameters, ...rest } = arm;
    const { variables = {}, ...withoutVariables } = rest;
    expect([...namesUsed(rest, 'parameters')].sort()).toEqual(Object.keys(parameters).sort());
    expect([...namesUsed({ variables, ...withoutVariables }, 'variables')].sort()).toEqual(
      Object.keys(variables).sort(),
    );
  });

  it('depends only on resources it has', () => {
    for (const scope of scopes) {
      const ids = arm.resources.map((resource) => scope.idOf(resource));
      expect(new Set(ids).size).toBe(ids.length);
      for (const resource of arm.resources)
        for (const needed of resource.dependsOn ?? []) expect(ids).toContain(scope.text(needed));
    }
  });

  it('waits for every resource of its own that it points at', () => {
    const scope = scopes[0]!;
    const ids = arm.resources.map((resource) => scope.idOf(resource));
    for (const resource of arm.resources) {
      const before = reachable(resource, arm.resources, scope);
      const pointed = expressionsIn(resource.properties).flatMap((text) => idsIn(text, scope));
      for (const id of pointed.filter((each) => ids.includes(each))) expect([id, before.has(id)]).toEqual([id, true]);
    }
  });

  it('names each API version as a date and the kind of every parameter', () => {
    for (const { apiVersion } of arm.resources)
      expect(apiVersion).toMatch(/^20(2[2-9])-\d{2}-\d{2}(-preview)?$|^2021-05-01-preview$/);
    for (const parameter of Object.values(arm.parameters)) {
      expect(['string', 'securestring', 'int', 'bool']).toContain(parameter.type);
      expect(parameter).toHaveProperty('metadata.description');
    }
  });

  it('keeps secrets secret: securestring, and no value in a file or an output', () => {
    for (const [parameter, { type, defaultValue }] of Object.entries(arm.parameters)) {
      const isSecret = /password|secret$|token/i.test(parameter);
      expect([parameter, type === 'securestring']).toEqual([parameter, isSecret]);
      if (isSecret) expect(defaultValue ?? '').toBe('');
    }
    const secrets = Object.entries(arm.parameters)
      .filter(([, { type }]) => type === 'securestring')
      .map(([parameter]) => parameter);
    for (const parameter of secrets) expect(namesUsed(arm.outputs, 'parameters').has(parameter)).toBe(false);
  });

  it.each(stages)('gets from the parameter files of %s only what it declares, within its limits', (stage) => {
    for (const [dir, suffix, own] of [
      [inner, 'with-rg', []],
      [outer, 'new-rg', ['groupName', 'groupLocation']],
    ] as const) {
      const values = given(dir, `parameters-for-template-${name}-${suffix}-${stage}.json`);
      for (const [parameter, value] of Object.entries(values)) {
        if ((own as readonly string[]).includes(parameter)) continue;
        const declared: ArmParameter | undefined = arm.parameters[parameter];
        expect([parameter, declared !== undefined]).toEqual([parameter, true]);
        expect([parameter, declared?.type]).not.toEqual([parameter, 'securestring']);
        if (declared?.allowedValues !== undefined) expect(declared.allowedValues).toContain(value);
        if (typeof value === 'string') {
          expect(value.length).toBeGreaterThanOrEqual(declared?.minLength ?? 0);
          expect(value.length).toBeLessThanOrEqual(declared?.maxLength ?? 1_000);
        }
      }
      const required = Object.entries(arm.parameters).filter(
        ([, { type, defaultValue }]) => defaultValue === undefined && type !== 'securestring',
      );
      for (const [parameter] of required) expect(Object.keys(values)).toContain(parameter);
    }
  });

  it('for a new resource group is the one for an existing group, wrapped', () => {
    const wrapped = read(outer, `template-${name}-new-rg.json`) as ArmTemplate;
    const deployment = wrapped.resources.find(({ type }) => type === 'Microsoft.Resources/deployments');
    expect(deployment?.properties?.['template']).toEqual(arm);
    const passed = Object.keys(deployment?.properties?.['parameters'] ?? {});
    expect([...passed, 'location'].sort()).toEqual(
      [...Object.keys(arm.parameters), ...(name === 'AzureBot' ? ['location'] : [])].sort(),
    );
    expect(Object.keys(wrapped.parameters).sort()).toEqual(['groupLocation', 'groupName', ...passed].sort());
  });
});

describe('the web app', () => {
  const arm = template('BotApp');
  const site = arm.resources.find(({ type }) => type === 'Microsoft.Web/sites') as ArmResource;
  const properties = site.properties as {
    readonly httpsOnly: boolean;
    readonly siteConfig: {
      readonly appSettings: readonly { readonly name: string; readonly value: string }[];
      readonly webSocketsEnabled: boolean;
      readonly healthCheckPath: string;
      readonly linuxFxVersion: string;
      readonly appCommandLine: string;
    };
  };
  const { siteConfig } = properties;

  it('sets only settings that the service reads, each once', () => {
    const names = siteConfig.appSettings.map(({ name }) => name);
    const known = [...settingRows().map(({ name }) => name), ...platformSettings];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(
    stages.flatMap((stage) => [
      [stage, 'postgres'],
      [stage, 'blob'],
    ]),
  )('starts with the settings of %s on %s', (stage, storage) => {
    const scope = new ArmScope(arm, {
      ...secretValues,
      ...given(inner, `parameters-for-template-BotApp-with-rg-${stage}.json`),
      storage,
    });
    const guid = '11111111-2222-4333-8444-555555555555';
    const env = Object.fromEntries(
      siteConfig.appSettings
        .filter(({ name }) => !platformSettings.includes(name))
        .map(({ name, value }) => {
          const text = scope.text(value);
          if (text.startsWith('@Microsoft.KeyVault')) return [name, secretBehind(text, scope)];
          return [name, /^(reference|subscription)\(/.test(text) ? guid : text];
        }),
    );
    const config = parseConfig(env);
    expect(config).toMatchObject({ NODE_ENV: 'production', STORAGE: storage, MicrosoftAppType: 'UserAssignedMSI' });
    expect([config.DATABASE_URL !== undefined, config.BLOB_URL !== undefined]).toEqual([
      storage === 'postgres',
      storage === 'blob',
    ]);
    if (storage === 'blob')
      expect(blobAccess(config)).toMatchObject({ kind: 'identity', clientId: config.MicrosoftAppId });
    expect(config.PUBLIC_URL).toMatch(/^https:/);
  });

  it('makes a database or a storage account, never both, and needs no password of a database that it does not make', () => {
    const made = (storage: string): readonly string[] => {
      const { databasePassword, ...others } = secretValues;
      const scope = new ArmScope(arm, {
        ...others,
        ...(storage === 'postgres' ? { databasePassword } : {}),
        ...given(inner, 'parameters-for-template-BotApp-with-rg-test.json'),
        storage,
      });
      return arm.resources
        .filter(({ condition }) => condition === undefined || scope.value(condition) === true)
        .map(({ type }) => type);
    };
    const database = /DBforPostgreSQL|privateDnsZones/;
    const account = /Microsoft\.Storage/;
    expect(made('postgres').filter((type) => account.test(type))).toEqual([]);
    expect(made('postgres').filter((type) => database.test(type))).toHaveLength(4);
    expect(made('blob').filter((type) => database.test(type))).toEqual([]);
    expect(made('blob').filter((type) => account.test(type))).toHaveLength(3);
  });

  it('lets nobody at the blobs but the identity of the web app, and keeps nothing that is deleted', () => {
    const properties = (type: string): unknown => arm.resources.find((each) => each.type === type)?.properties;
    expect(properties('Microsoft.Storage/storageAccounts')).toMatchObject({
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      networkAcls: { defaultAction: 'Deny' },
    });
    expect(properties('Microsoft.Storage/storageAccounts/blobServices')).toMatchObject({
      deleteRetentionPolicy: { enabled: false },
      containerDeleteRetentionPolicy: { enabled: false },
      isVersioningEnabled: false,
    });
  });

  /** The reference names the vault and a secret that the template makes. */
  function secretBehind(reference: string, scope: ArmScope): string {
    const [, vault = '', secret = ''] =
      /^@Microsoft\.KeyVault\(VaultName=([^;]+);SecretName=([^)]+)\)$/.exec(reference) ?? [];
    const made = arm.resources.find(
      (resource) => scope.idOf(resource) === `Microsoft.KeyVault/vaults/secrets|${vault}/${secret}`,
    );
    expect([secret, made !== undefined]).toEqual([secret, true]);
    return scope.text(made?.properties?.['value']);
  }

  it('keeps every secret setting in the vault', () => {
    const secrets = settingRows()
      .filter(({ secret }) => secret)
      .map(({ name }) => name);
    for (const { name, value } of siteConfig.appSettings)
      if (secrets.includes(name)) expect([name, value.includes('@Microsoft.KeyVault(')]).toEqual([name, true]);
  });

  it('is reached over https only, keeps web sockets open, is checked, and runs the Node.js the project asks for', () => {
    expect(properties.httpsOnly).toBe(true);
    expect(siteConfig).toMatchObject({ webSocketsEnabled: true, healthCheckPath: '/readyz' });
    const { engines, main } = read('package.json') as { engines: { node: string }; main: string };
    expect(siteConfig.linuxFxVersion).toBe(`NODE|${engines.node.replace(/\D/g, '')}-lts`);
    expect(siteConfig.appCommandLine).toBe(`node ${main}`);
  });

  it('names a vault that Azure takes: at most 24 characters', () => {
    for (const stage of stages) {
      const values = given(inner, `parameters-for-template-BotApp-with-rg-${stage}.json`);
      const stem = String(values['appName']).slice(0, 8);
      expect(`${stem}-${'u'.repeat(13)}`.length).toBeLessThanOrEqual(24);
      expect(stem.endsWith('-')).toBe(false);
    }
  });
});

it('has nothing lying about that no test looks at', () => {
  expect(readdirSync(folder).sort()).toEqual([
    'deployUseExistResourceGroup',
    'deployWithNewResourceGroup',
    'readme.md',
  ]);
  for (const dir of [inner, outer]) expect(readdirSync(dir)).toHaveLength(6);
});

/** Everything a resource waits for, directly or by way of others. */
function reachable(resource: ArmResource, all: readonly ArmResource[], scope: ArmScope): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: ArmResource): void => {
    for (const text of each.dependsOn ?? []) {
      const id = scope.text(text);
      if (found.has(id)) continue;
      found.add(id);
      const next = all.find((other) => scope.idOf(other) === id);
      if (next !== undefined) visit(next);
    }
  };
  visit(resource);
  return found;
}

/** Resources named in an expression by `resourceId(…)`; a subnet stands for its network. */
function idsIn(text: string, scope: ArmScope): readonly string[] {
  return [...text.matchAll(/resourceId\((?:[^()]|\([^()]*\))*\)/g)].map(([call]) => {
    const id = scope.text(`[${call}]`);
    return id.startsWith('Microsoft.Network/virtualNetworks/subnets|')
      ? `Microsoft.Network/virtualNetworks|${(id.split('|')[1] ?? '').split('/')[0] ?? ''}`
      : id;
  });
}
