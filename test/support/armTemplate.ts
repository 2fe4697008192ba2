/**
 * As much of Azure Resource Manager as it takes to hold a template to account without Azure: parses its expressions, resolves parameters,
 * variables and names of resources with a parameter file. Functions it does not know stay in the result by name, so that values compare.
 */
import { createHash } from 'node:crypto';

export interface ArmTemplate {
  readonly parameters: Readonly<Record<string, ArmParameter>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly resources: readonly ArmResource[];
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
}

export interface ArmParameter {
  readonly type: string;
  readonly defaultValue?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly allowedValues?: readonly unknown[];
}

export interface ArmResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly scope?: string;
  readonly condition?: string;
  readonly dependsOn?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly path: string };

/** Every string in a template that is an expression (`[…]`, not `[[…`). */
export function expressionsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return isExpression(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [...expressionsIn(key), ...expressionsIn(each)]);
}

function isExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}

/** Names used with `parameters('…')` or `variables('…')`. */
export function namesUsed(template: unknown, kind: 'parameters' | 'variables'): ReadonlySet<string> {
  const pattern = new RegExp(`${kind}\\('([^']+)'\\)`, 'g');
  return new Set(expressionsIn(template).flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)));
}

export class ArmScope {
  constructor(
    private readonly template: ArmTemplate,
    private readonly given: Readonly<Record<string, unknown>>,
  ) {}

  /** Throws on anything that does not resolve or parse. */
  value(text: unknown): unknown {
    if (typeof text !== 'string' || !isExpression(text)) return text;
    return this.run(parse(text.slice(1, -1)));
  }

  text(text: unknown): string {
    return String(this.value(text));
  }

  /** `type|name/name`, the same for a resource and for what points at it. */
  idOf(resource: ArmResource): string {
    return `${resource.type}|${this.text(resource.name)}`;
  }

  private run(expression: Expression): unknown {
    if (expression.kind !== 'call') return expression.value;
    const { name, path } = expression;
    if (name === 'if') {
      const [condition, yes, no] = expression.args;
      if (condition === undefined || yes === undefined || no === undefined) throw new Error('if takes three values');
      return this.run(this.run(condition) === true ? yes : no);
    }
    const args = expression.args.map((each) => this.run(each));
    const texts = args.map(String);
    const [first = ''] = texts;
    switch (name) {
      case 'parameters':
        return this.parameter(first);
      case 'variables': {
        const { variables = {} } = this.template;
        if (!(first in variables)) throw new Error(`No variable „${first}“`);
        return this.value(variables[first]);
      }
      case 'concat':
        return texts.join('');
      case 'empty':
        return first === '';
      case 'not':
        return args[0] !== true;
      case 'take':
        return first.slice(0, Number(args[1]));
      case 'resourceId':
      case 'subscriptionResourceId':
        return `${first}|${texts.slice(1).join('/')}`;
      case 'extensionResourceId':
        return `${texts[1] ?? ''}|${texts.slice(2).join('/')}`;
      case 'equals':
        return args[0] === args[1];
      case 'uniqueString':
        return createHash('sha256').update(first).digest('hex').slice(0, 13);
      case 'guid':
      case 'resourceGroup':
      case 'subscription':
      case 'reference':
        return `${name}(${texts.join(',')})${path}`;
      default:
        throw new Error(`Unknown function „${name}“`);
    }
  }

  private parameter(name: string): unknown {
    const declared = this.template.parameters[name];
    if (declared === undefined) throw new Error(`No parameter „${name}“`);
    if (name in this.given) return this.given[name];
    if (declared.defaultValue === undefined) throw new Error(`Parameter „${name}“ has no value`);
    return this.value(declared.defaultValue);
  }
}

function parse(source: string): Expression {
  let at = 0;
  const peek = (): string => source[at] ?? '';
  const skip = (): void => {
    while (peek() === ' ') at += 1;
  };
  const expect = (character: string): void => {
    if (peek() !== character) throw new Error(`Expected ${character} at ${at} of ${source}`);
    at += 1;
  };
  const word = (pattern: RegExp): string => {
    const found = pattern.exec(source.slice(at))?.[0] ?? '';
    if (found === '') throw new Error(`Unexpected ${peek()} at ${at} of ${source}`);
    at += found.length;
    return found;
  };
  const expression = (): Expression => {
    skip();
    if (peek() === "'") {
      const quoted = word(/^'(?:[^']|'')*'/);
      return { kind: 'text', value: quoted.slice(1, -1).replaceAll("''", "'") };
    }
    if (/\d/.test(peek())) return { kind: 'number', value: Number(word(/^\d+/)) };
    const name = word(/^[a-zA-Z]+/);
    expect('(');
    const args: Expression[] = [];
    skip();
    while (peek() !== ')') {
      args.push(expression());
      skip();
      if (peek() === ',') at += 1;
      skip();
    }
    expect(')');
    const path = /^(\.[a-zA-Z]+)*/.exec(source.slice(at))?.[0] ?? '';
    at += path.length;
    return { kind: 'call', name, args, path };
  };
  const whole = expression();
  skip();
  if (at !== source.length) throw new Error(`Unexpected end at ${at} of ${source}`);
  return whole;
}
