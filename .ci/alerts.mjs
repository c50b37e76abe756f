// Says what the alerts topic tells of anomalies, to be held against what others say of them.
//
//   node .ci/alerts.mjs ALERTS HOST SINCE
//
// ALERTS: kcat's '%R%s' of the alerts topic (Alert in Confluent's wire format). Prints three numbers: how many incidents were opened, how
// many of those are still open, and how many alerts there are of HOST whose record is not older than SINCE (milliseconds since 1970).
import { readRecords } from './avro.mjs';

const [file, host, since] = process.argv.slice(2);
const anomalies = readRecords(file, 'Alert').filter((alert) => alert.kind === 'ANOMALY');
const opened = anomalies.filter((alert) => alert.status === 'OPENED').length;
const closed = anomalies.filter((alert) => alert.status === 'CLOSED').length;
const ofHost = anomalies.filter((alert) => alert.key === host && alert.eventTime >= Number(since)).length;
console.log(`${opened} ${opened - closed} ${ofHost}`);
