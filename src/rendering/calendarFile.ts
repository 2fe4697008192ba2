/**
 * A coming event as an iCalendar file (RFC 5545), for „In den Kalender“. Past events get none: nobody should be invited to them.
 */
import type { EventView } from './reply';

/** `undefined` when the event is over or its day is not known. `stamp`: the moment the file is made, `YYYYMMDDTHHMMSSZ`. */
export function calendarFile(event: EventView, stamp: string): string | undefined {
  if (event.past || event.start === undefined || event.end === undefined) return undefined;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jobcenter-Lotse//DE',
    'BEGIN:VEVENT',
    `UID:${event.id}@jobcenter-lotse`,
    `DTSTAMP:${stamp}`,
    ...times(event.start, event.end),
    `SUMMARY:${escaped(event.title)}`,
    `LOCATION:${escaped(event.where)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** With a clock time in Berlin, or whole days (the end is exclusive in iCalendar). */
function times(start: string, end: string): readonly string[] {
  if (start.length > 10 && end.length > 10)
    return [`DTSTART;TZID=Europe/Berlin:${moment(start)}`, `DTEND;TZID=Europe/Berlin:${moment(end)}`];
  const dayAfter = new Date(Date.parse(end.slice(0, 10)) + 86_400_000).toISOString().slice(0, 10);
  return [`DTSTART;VALUE=DATE:${digits(start.slice(0, 10))}`, `DTEND;VALUE=DATE:${digits(dayAfter)}`];
}

function moment(value: string): string {
  return `${digits(value.slice(0, 10))}T${digits(value.slice(11))}00`;
}

function digits(value: string): string {
  return value.replace(/\D/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
}

const encoder = new TextEncoder();

/** At most 75 octets a line; a continuation starts with a blank. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (encoder.encode(part + letter).length > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
}
