/**
 * The embed line as webmasters write it: what is understood, and what falls back.
 */
import { readSettings, serviceOf } from '../../src/widget/settings';

const service = 'https://chat.example.de';
const address = 'https://www.stadt.de/jobcenter';

test('without attributes everything has a default', () => {
  expect(readSettings({}, service, address)).toEqual({
    service,
    name: 'Jobcenter-Lotse',
    language: 'de',
    languageGiven: false,
    position: 'right',
    privacyUrl: 'https://chat.example.de/widget/datenschutz.html',
    accessibilityUrl: 'https://chat.example.de/widget/barrierefreiheit.html',
  });
});

test('every attribute is taken', () => {
  const data = {
    jobcenter: 'essen',
    name: 'Frag Essen',
    sprache: 'ar',
    begruessung: 'Hallo',
    farbe: '#A1B2C3',
    logo: '/logo.svg',
    position: 'links',
    datenschutz: '/datenschutz',
    barrierefreiheit: 'https://www.stadt.de/barrierefrei',
  };
  expect(readSettings(data, service, address)).toEqual({
    service,
    jobcenter: 'essen',
    name: 'Frag Essen',
    language: 'ar',
    languageGiven: true,
    greeting: 'Hallo',
    colour: '#A1B2C3',
    logo: 'https://www.stadt.de/logo.svg',
    position: 'left',
    privacyUrl: 'https://www.stadt.de/datenschutz',
    accessibilityUrl: 'https://www.stadt.de/barrierefrei',
  });
});

test.each([
  ['a script as an address', { logo: 'javascript:alert(1)', datenschutz: 'data:text/html,x' }],
  ['a colour that is none', { farbe: 'red;}' }],
  ['a language nobody speaks here', { sprache: 'tlh' }],
  ['a Jobcenter that is no id', { jobcenter: '../x' }],
])('%s is as if it were not there', (_name, data) => {
  expect(readSettings(data, service, address)).toEqual(readSettings({}, service, address));
});

test('?frage= asks, cut to a sensible length; data-frage="aus" switches it off', () => {
  expect(readSettings({}, service, `${address}?frage=Was%20gilt%3F`).question).toBe('Was gilt?');
  expect(readSettings({}, service, `${address}?frage=${'a'.repeat(900)}`).question).toHaveLength(300);
  expect(readSettings({}, service, `${address}?frage=%20`).question).toBeUndefined();
  expect(readSettings({ frage: 'aus' }, service, `${address}?frage=x`).question).toBeUndefined();
});

test('the service is where the script is, also below a path', () => {
  expect(serviceOf('https://chat.example.de/widget.js?v=1')).toBe('https://chat.example.de');
  expect(serviceOf('https://www.stadt.de/lotse/widget.js')).toBe('https://www.stadt.de/lotse');
});
