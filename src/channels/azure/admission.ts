/**
 * Who may speak over Azure, and as whom. Runs after the token was verified, on what the channel says of itself, never on what a text says.
 * Staff are people with an account in one of our tenants who write to the bot alone in Teams; everybody else who is let in is a citizen.
 */
import type { Activity } from 'botbuilder';

export interface AdmissionRules {
  /** Tenants whose staff may use Teams; empty: Teams is off. */
  readonly teamsTenants: readonly string[];
  /** Further channels of Azure Bot Service that citizens may use, e.g. `telegram`, `webchat`. */
  readonly citizenChannels: readonly string[];
}

export type AdmissionResult =
  | { readonly admitted: true; readonly audience: 'citizens' | 'staff' }
  | { readonly admitted: false; readonly reason: RefusalReason };
export type RefusalReason = 'channelOff' | 'tenantForeign' | 'guest' | 'accountMissing' | 'notAlone';

const guidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function admit(activity: Partial<Activity>, rules: AdmissionRules): AdmissionResult {
  if (activity.channelId !== 'msteams') {
    return rules.citizenChannels.includes(activity.channelId ?? '')
      ? { admitted: true, audience: 'citizens' }
      : refused('channelOff');
  }
  if (rules.teamsTenants.length === 0) return refused('channelOff');
  const named = [field(activity.conversation, 'tenantId'), field(field(activity.channelData, 'tenant'), 'id')].filter(
    (tenant) => tenant !== undefined && tenant !== null,
  );
  // Teams names the tenant in two places; when they differ, one of them was made up.
  if (named.length === 0 || !named.every((tenant) => rules.teamsTenants.includes(lowerText(tenant))))
    return refused('tenantForeign');
  if (!guidShape.test(lowerText(field(activity.from, 'aadObjectId')))) return refused('accountMissing');
  if (isGuest(activity.from)) return refused('guest');
  // In a team or a group chat guests read along. The search from the compose box shows its list to the person alone.
  if (activity.type !== 'invoke' && activity.conversation?.conversationType !== 'personal') return refused('notAlone');
  return { admitted: true, audience: 'staff' };
}

function refused(reason: RefusalReason): AdmissionResult {
  return { admitted: false, reason };
}

/** A field of what may be anything: the types of an activity say what should come, not what comes. */
function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Guests write from the tenant they visit; Teams marks them by role or by the `#EXT#` of their account name. */
function isGuest(from: unknown): boolean {
  if (typeof from !== 'object' || from === null) return true;
  const role = lowerText(field(from, 'userRole'));
  const accountName = lowerText(field(from, 'userPrincipalName'));
  return role === 'guest' || role === 'anonymous' || accountName.includes('#ext#');
}

function lowerText(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
