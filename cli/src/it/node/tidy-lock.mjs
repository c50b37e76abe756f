// Takes out of package-lock.json what holds addresses and is not needed to install: `npm run lock` ends with it.
import { readFileSync, writeFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  delete entry.funding;
  delete entry.deprecated;
  delete entry.license;
}
writeFileSync('package-lock.json', JSON.stringify(lock, null, 2) + '\n');
