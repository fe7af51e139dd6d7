import type { Look } from './svg-look.ts';
import { setAttributes, svgElement } from './svg-picture.ts';

/** Puts what is drawn into a picture, one on the other; what is moved or looks alike and follows each other is in one group. */
export class Layers {
  readonly #root: SVGElement;
  readonly #saved: Element[] = [];
  readonly #clips = new Map<string, string>();
  /** What is cut alike. */
  #cut: Element;
  /** In it, what is moved alike. */
  #moved: { readonly element: Element; readonly transform: string };
  /** In it, what was drawn last: an element, or a group of all that look alike. */
  #latest: { element: Element; readonly look: string };

  constructor(root: SVGElement) {
    this.#root = root;
    this.#cut = root;
    this.#moved = { element: root, transform: '' };
    this.#latest = { element: root, look: '' };
  }

  save(): void {
    this.#saved.push(this.#cut);
  }

  restore(): void {
    this.#cut = this.#saved.pop() ?? this.#cut;
  }

  /** Cuts off what is outside a path, until what was saved is restored. */
  clip(path: string, rule: CanvasFillRule, transform: string): void {
    const key = rule + transform + path;
    let id = this.#clips.get(key);
    if (!id) {
      id = `cut-${this.#clips.size + 1}`;
      this.#clips.set(key, id);
      const shape = this.#root.appendChild(svgElement('clipPath', { id }));
      shape.append(svgElement('path', { d: path, ...unlessUsual(rule), ...moved(transform) }));
    }
    this.#cut = this.#cut.appendChild(svgElement('g', { 'clip-path': `url(#${id})` }));
  }

  append(element: Element, look: Look, transform: string): void {
    const parent = this.#layer(transform);
    const key = JSON.stringify(look);
    const latest = this.#latest;
    if (key === '{}' || key !== latest.look || parent.lastChild !== latest.element) {
      setAttributes(element, look);
      parent.append(element);
      this.#latest = { element, look: key };
      return;
    }
    if (latest.element.nodeName !== 'g') {
      const first = latest.element;
      latest.element = svgElement('g', look);
      first.replaceWith(latest.element);
      for (const name of Object.keys(look)) first.removeAttribute(name);
      latest.element.append(first);
    }
    latest.element.append(element);
  }

  #layer(transform: string): Element {
    if (transform === '') return this.#cut;
    const { element, transform: last } = this.#moved;
    if (last === transform && this.#cut.lastChild === element) return element;
    this.#moved = { transform, element: this.#cut.appendChild(svgElement('g', { transform })) };
    return this.#moved.element;
  }
}

const unlessUsual = (rule: CanvasFillRule): Look => (rule === 'nonzero' ? {} : { 'clip-rule': rule });

const moved = (transform: string): Look => (transform === '' ? {} : { transform });
