/** Whose hosts are whose: where the account is, where it was, and everything else. */

import { apiHostOf, hostOf, type SimAccount } from './state';

/** `old`: the account was there. `api`: answers where it is now. */
export type HostKind = 'account' | 'api' | 'old' | 'website' | 'other account' | 'foreign';

/** How the token endpoint answers where the account was; both were seen [D oauth/account-subdomain-info]. */
export type OldHostStatus = 401 | 404;

export class Addresses {
  private readonly left = new Map<string, OldHostStatus>();
  /** A token names the API host of the zone it was given out in, and is asked about there after a move, too. */
  private readonly zones = new Set<string>();

  constructor(private readonly account: SimAccount) {}

  move(subdomain: string, zone: string, oldHost: OldHostStatus): void {
    this.left.set(hostOf(this.account), oldHost);
    this.zones.add(this.account.zone);
    this.account.subdomain = subdomain;
    this.account.zone = zone;
    this.left.delete(hostOf(this.account));
  }

  /** Only the account's own host serves its API; a shard seen in a link is not it [K docs/limitations]. */
  kindOf(host: string): HostKind {
    const { account } = this;
    if (host === hostOf(account)) return 'account';
    if (this.left.has(host)) return 'old';
    if ([account.zone, ...this.zones].some(zone => host === apiHostOf({ zone }))) return 'api';
    if (host === `www.${account.zone}` || host === account.zone) return 'website';
    if (/\.(amocrm\.ru|amocrm\.com|kommo\.com)$/.test(host)) return 'other account';
    return 'foreign';
  }

  /** What the token endpoint says at a host that the account has left. */
  statusAt(oldHost: string): OldHostStatus {
    return this.left.get(oldHost) ?? 401;
  }
}
