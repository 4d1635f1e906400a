/** Whom a call to something without spans was made to, most telling first (OpenTelemetry semantic conventions, old names too). */
export const PEER_KEYS = [
  'peer.service',
  'server.address',
  'net.peer.name',
  'network.peer.address',
  'net.sock.peer.addr',
];
export const DATABASE_KEYS = ['db.namespace', 'db.name', 'db.system.name', 'db.system'];
export const DESTINATION_KEYS = ['messaging.destination.name', 'messaging.destination'];
