import type { EpochMs } from '../../src/core/units.ts';
import type { DeliveryResult } from './receiver.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Message ids of the thread, oldest first. */
  readonly references: readonly string[];
}

export interface HttpPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver may touch of the world. Guarded, bounded in time, and never throwing. */
export interface ReceiverIo {
  readonly now: () => EpochMs;
  /** 2xx is delivered; anything else is told apart by `readAnswer`. Redirects are failures. */
  post(request: HttpPost): Promise<DeliveryResult>;
  /** Through the receiver's own server, else through the deployment's. */
  mail(mail: Mail, ownSmtpUrl: string | undefined): Promise<DeliveryResult>;
}
