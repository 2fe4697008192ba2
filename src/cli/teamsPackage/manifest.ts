/**
 * The Teams app manifest: the template of deploymentTemplates/teams with the operator's facts filled in.
 * Refuses a fact that would not pass Teams, before anybody uploads anything.
 */
import { z } from 'zod';

export const factsSchema = z.strictObject({
  /** App id of the bot registration (`MicrosoftAppId`). */
  appId: z.guid('--app-id: eine GUID, dieselbe wie MicrosoftAppId'),
  host: z
    .string()
    .regex(
      /^(?=.{4,253}$)([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/,
      '--host: der Rechnername des Dienstes, z. B. chat.jobcenter-beispiel.de',
    ),
  operator: z.string().min(1, '--operator: fehlt').max(32, '--operator: höchstens 32 Zeichen'),
  privacyUrl: z.url({ protocol: /^https$/, error: '--privacy: eine https-Adresse' }),
  termsUrl: z.url({ protocol: /^https$/, error: '--terms: eine https-Adresse' }),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, '--version: drei Zahlen wie 1.0.0'),
});
export type TeamsFacts = z.output<typeof factsSchema>;

/** JSON text of the manifest. */
export function fillManifest(template: string, facts: TeamsFacts): string {
  const values: Readonly<Record<string, string>> = {
    APP_ID: facts.appId,
    HOST: facts.host,
    OPERATOR: facts.operator,
    PRIVACY_URL: facts.privacyUrl,
    TERMS_URL: facts.termsUrl,
    VERSION: facts.version,
  };
  // Escaped as inside a JSON string: a name may hold quotes.
  return template.replace(/\{\{([A-Z_]+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? JSON.stringify(values[name]).slice(1, -1) : whole,
  );
}
