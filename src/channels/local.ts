/**
 * The one seam for every channel that does not come through Azure: a full SDK turn in process, without HTTP and without an adapter of our own.
 * Replies never leave through a connector here; the channel's outbox has them by then.
 */
import type { Activity, CloudAdapter, TurnContext } from 'botbuilder';
import { BotFrameworkAuthentication, ClaimsIdentity, ConnectorFactory, UserTokenClient } from 'botframework-connector';
import type { AuthenticateRequestResult, ConnectorClient } from 'botframework-connector';
import type { Capabilities } from '../rendering/reply';
import type { Change, Outbox } from '../storage/ports';
import { LotseError, toError } from '../errors';

/** What a channel says of an activity it brings; see bot/turn.ts. */
export interface ChannelArrival {
  readonly capabilities: Capabilities;
  readonly audience: 'citizens' | 'staff';
  readonly jobcenter?: string;
  readonly outbox?: Outbox;
  readonly serialised?: boolean;
  readonly alongside?: readonly Change[];
}

export type RunTurn = (context: TurnContext, arrival: ChannelArrival) => Promise<string>;

/** Brings one activity of a local channel to the bot; rejects with the turn's own error. */
export type LocalTurn = (activity: Activity, arrival: ChannelArrival) => Promise<string>;

const localIdentity = new ClaimsIdentity([{ type: 'lotse', value: 'local' }], true);

export function createLocalTurn(adapter: CloudAdapter, runTurn: RunTurn): LocalTurn {
  const connectorFactory = new LocalConnectorFactory();
  return async (activity, arrival) => {
    let result = 'failed';
    let failure: Error | undefined;
    await adapter.processActivityDirect(
      { audience: '', claimsIdentity: localIdentity, connectorFactory },
      activity,
      async (context) => {
        try {
          result = await runTurn(context, arrival);
        } catch (error) {
          // The adapter would wrap it and lose its code.
          failure = toError(error);
        }
      },
    );
    if (failure !== undefined) throw failure;
    return result;
  };
}

/** Delegates to the configured authentication; local identities get local means and reach no network. */
export class LocalAwareAuthentication extends BotFrameworkAuthentication {
  constructor(private readonly configured: BotFrameworkAuthentication) {
    super();
  }

  override authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    return this.configured.authenticateRequest(activity, authHeader);
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new LotseError('STREAMING_REFUSED', 'Streaming connections are not offered'));
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return identity === localIdentity ? new LocalConnectorFactory() : this.configured.createConnectorFactory(identity);
  }

  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    // The configured one wants an app id among the claims, and a local turn has none.
    return identity === localIdentity
      ? Promise.resolve(nobodySignsIn)
      : this.configured.createUserTokenClient(identity);
  }
}

class LocalConnectorFactory extends ConnectorFactory {
  override create(): Promise<ConnectorClient> {
    return Promise.resolve(localConnector);
  }
}

const accept = (): Promise<{ id: string }> => Promise.resolve({ id: '' });
/** The adapter calls these two and nothing else; building a real client would open the door to a network. */
const localConnector = {
  conversations: { replyToActivity: accept, sendToConversation: accept },
} as unknown as ConnectorClient;

const refuseSignIn = (): Promise<never> => Promise.reject(new LotseError('SIGN_IN_REFUSED', 'Nobody signs in here'));

class NoUserTokens extends UserTokenClient {
  override getUserToken = refuseSignIn;
  override getSignInResource = refuseSignIn;
  override signOutUser = refuseSignIn;
  override getTokenStatus = refuseSignIn;
  override getAadTokens = refuseSignIn;
  override exchangeToken = refuseSignIn;
}
const nobodySignsIn = new NoUserTokens();
