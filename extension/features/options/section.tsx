import type { ComponentChildren } from 'preact'

/** A part of the options page. */
export function Section(props: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}
