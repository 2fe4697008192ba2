/**
 * The SDK's CloudAdapter with one door opened: `receive` hands a request to the turn and lets its errors out as values of ours,
 * where `process` would answer 500 with the error's text and print it. Local turns go through the same adapter (../local.ts).
 */
import {
  CallerIdConstants,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationConstants } from 'botframework-connector';
import { LocalAwareAuthentication } from '../local';

export interface AzureCredentials {
  /** Absent: nothing can be verified, and only loopback is let in (messages.ts). */
  readonly appId?: string;
  readonly appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  readonly password?: string;
  readonly tenantId?: string;
  /** Where the keys of channel tokens are published; only tests and sovereign clouds set it. */
  readonly openIdMetadataUrl?: string;
}

export class LotseAdapter extends CloudAdapter {
  receive(
    authHeader: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authHeader, activity, logic);
  }
}

export function createAdapter(credentials: AzureCredentials): LotseAdapter {
  const { appId, appType, password, tenantId, openIdMetadataUrl } = credentials;
  const configured = new ConfigurationBotFrameworkAuthentication({
    // The SDK insists on an app id for every other type, even where nothing is to be authenticated.
    MicrosoftAppType: appId === undefined ? 'MultiTenant' : appType,
    ...(appId === undefined ? {} : { MicrosoftAppId: appId }),
    ...(password === undefined ? {} : { MicrosoftAppPassword: password }),
    ...(tenantId === undefined ? {} : { MicrosoftAppTenantId: tenantId }),
    ...(openIdMetadataUrl === undefined ? {} : parameters(openIdMetadataUrl)),
  });
  return new LotseAdapter(new LocalAwareAuthentication(configured));
}

/** One parameter of its own makes the SDK expect all of them. */
function parameters(openIdMetadataUrl: string): Readonly<Record<string, string | boolean>> {
  return {
    ValidateAuthority: true,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
    ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    CallerId: CallerIdConstants.PublicAzureChannel,
  };
}
