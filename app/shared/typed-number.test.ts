import { describe, expect, it } from 'vitest';
import { numberLocales } from './locale.ts';
import { plainNumber, typedNumber } from './typed-number.ts';

const english = { decimal: '.', group: ',' };
const german = { decimal: ',', group: '.' };

describe('a typed number', () => {
  it('is read by the marks of the language', () => {
    expect(plainNumber('1,234.5', english)).toBe('1234.5');
    expect(plainNumber('1.234,5', german)).toBe('1234.5');
    expect(plainNumber('1,234', english)).toBe('1234');
    expect(plainNumber('1,234', german)).toBe('1.234');
    expect(plainNumber('1.234', german)).toBe('1234');
    expect(plainNumber('1.234', english)).toBe('1.234');
  });

  it('is read in any language where it can mean one thing only', () => {
    for (const language of [english, german]) {
      expect(plainNumber('0,05', language)).toBe('0.05');
      expect(plainNumber('0.05', language)).toBe('0.05');
      expect(plainNumber('0.001', language)).toBe('0.001');
      expect(plainNumber('0,001', language)).toBe('0.001');
      expect(plainNumber('-1,5e-4', language)).toBe('-1.5e-4');
      expect(plainNumber('1,234,567', language)).toBe('1234567');
      expect(plainNumber('1.234.567', language)).toBe('1234567');
      expect(plainNumber('10 000', language)).toBe('10000');
      expect(plainNumber('10’000', language)).toBe('10000');
      expect(plainNumber('−3', language)).toBe('-3');
      expect(plainNumber('.5', language)).toBe('.5');
      expect(plainNumber('٠٫٠٥', language)).toBe('0.05');
      expect(plainNumber('۱۰٬۰۰۰', language)).toBe('10000');
    }
  });

  it('stays as it was where it is none, so that the refusal can quote it', () => {
    for (const text of ['fast', '', '1.2.3', '1,2,3', '12,34.5', '1e', '0x10'])
      expect(plainNumber(text, german)).toBe(text);
  });

  it('has the marks of its language and digits as in the words around it; a language of no name is passed over', () => {
    const shown = (...languages: string[]) => new Intl.NumberFormat(numberLocales(languages)).format(-1234.5);
    expect(shown('en-US@posix', 'de-DE')).toBe('-1.234,5');
    for (const language of ['ar-EG', 'fa-IR', 'mr-IN']) expect(shown(language)).toMatch(/1,234\.5/);
    expect(shown('c')).toBe(new Intl.NumberFormat().format(-1234.5));
  });

  it('is shown as it is read', () => {
    for (const value of [0, 0.7, 0.0001, 1234.5, 1e-8, -2.5])
      for (const language of [english, german])
        expect(Number(plainNumber(typedNumber(value, language), language))).toBe(value);
  });
});
