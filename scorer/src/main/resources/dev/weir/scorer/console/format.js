// Numbers and times as people read them; the same rules as the training report's.

/** With separators: 12,345. */
export function count(number) {
  return Math.round(number).toLocaleString('en-US');
}

/** To four significant digits, without an exponent where that can be read. */
export function value(number) {
  if (number === null || number === undefined || !Number.isFinite(number)) {
    return '–';
  }
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return number.toExponential(2).replace('e+', 'e');
  }
  if (size >= 1000) {
    return number.toLocaleString('en-US', { maximumFractionDigits: 0 });
  }
  return String(Number(number.toPrecision(4)));
}

/** Two values, with as many digits as it takes to tell them apart. */
export function apart(a, b) {
  return a === b || value(a) !== value(b) ? [value(a), value(b)] : [String(a), String(b)];
}

/** A probability as odds: 1 in 20,000. */
export function odds(probability) {
  if (probability === null || probability === undefined) {
    return '';
  }
  if (probability < 1e-6) {
    return 'less than 1 in 1,000,000';
  }
  if (probability > 0.5) {
    return `${Math.round(probability * 100)} %`;
  }
  const chances = 1 / probability;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(chances)) - 1);
  return `1 in ${count(Math.round(chances / unit) * unit)}`;
}

export function percent(share) {
  const hundredths = share * 100;
  return hundredths > 0 && hundredths < 1 ? '<1 %' : `${Math.round(hundredths)} %`;
}

/** 850 ms, 12.3 s, 4 min. */
export function duration(millis) {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  if (millis < 60000) {
    return `${(millis / 1000).toFixed(millis < 10000 ? 1 : 0)} s`;
  }
  if (millis < 5400000) {
    return `${Math.round(millis / 60000)} min`;
  }
  return millis < 172800000 ? `${Math.round(millis / 3600000)} h` : `${Math.round(millis / 86400000)} days`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const calendar = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A time today as a time of day, any other with its date. */
export function time(millis) {
  const then = new Date(millis);
  return then.toDateString() === new Date().toDateString() ? clock.format(then) : calendar.format(then);
}

export function date(text) {
  return text ? calendar.format(new Date(text)) : '–';
}

/**
 * An element. What comes from records becomes text, never markup.
 *
 * @param name of the element
 * @param properties `class`, attributes, and `text` for what stands in it
 * @param children elements and texts
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, content] of Object.entries(properties)) {
    if (key === 'text') {
      made.textContent = content;
    } else if (content !== null && content !== undefined && content !== false) {
      made.setAttribute(key, content === true ? '' : content);
    }
  }
  made.append(...children);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a picture. */
export function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, content] of Object.entries(attributes)) {
    made.setAttribute(key, content);
  }
  made.append(...children);
  return made;
}

/** Writes a text only where it has changed: a screen reader would read it again. */
export function write(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
