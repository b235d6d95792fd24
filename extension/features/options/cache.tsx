import { useEffect, useRef, useState } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'
import { formatBytes, formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { toolbarText } from '../../../shared/text/toolbar.ts'
import { ask } from '../../lib/ask.ts'
import type { CacheUsage } from '../../lib/protocol.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { YearList } from '../year-at-hand/list.tsx'
import { Section } from './section.tsx'

const megabyte = 1_000_000
const limits = [250, 500, 1000, 2000, 5000]

/** What would take documents away: all of them, or those that a lower limit has no room for. */
type Loss = { kind: 'clear' } | { kind: 'limit'; bytes: number }

/** The documents on this computer: how much, how much at most, and away with them. */
export function Cache({ language }: { language: Language }) {
  const t = toolbarText(language)
  const [usage, setUsage] = useState<CacheUsage | null>(null)
  const [error, setError] = useState<WireError | null>(null)
  const [asking, setAsking] = useState<Loss | null>(null)
  const [said, say] = useState('')
  const clear = useRef<HTMLButtonElement>(null)
  const select = useRef<HTMLSelectElement>(null)
  const take = (answer: Awaited<ReturnType<typeof ask<'cacheUsage'>>>) => {
    setError('error' in answer ? answer.error : null)
    if ('value' in answer) setUsage(answer.value)
    return 'value' in answer
  }
  useEffect(() => void ask('cacheUsage').then(take), [])
  if (!usage) return error ? <ErrorNote error={error} language={language} /> : null
  const megabytes = Math.round(usage.limit / megabyte)
  const choices = limits.includes(megabytes) ? limits : [...limits, megabytes]
  const leave = () => {
    setAsking(null)
    const back = asking?.kind === 'limit' ? select : clear
    requestAnimationFrame(() => back.current?.focus())
  }
  const lose = async (loss: Loss) => {
    leave()
    const isDone = take(
      loss.kind === 'clear' ? await ask('clearCache') : await ask('setCacheLimit', { bytes: loss.bytes }),
    )
    say(isDone && loss.kind === 'clear' ? t.cleared : '')
  }
  const wish = (loss: Loss) => {
    say('')
    const isLoss = loss.kind === 'clear' ? usage.documents > 0 : usage.bytes > loss.bytes
    if (isLoss) setAsking(loss)
    else void lose(loss)
  }
  return (
    <Section title={t.cache}>
      <p>
        {t.cacheUsed(formatBytes(usage.bytes, language), formatBytes(usage.limit, language), usage.documents)}
      </p>
      <div class="row">
        <label class="choice">
          {t.cacheLimit}
          <select
            ref={select}
            value={String(Math.round((asking?.kind === 'limit' ? asking.bytes : usage.limit) / megabyte))}
            onChange={(event) => wish({ kind: 'limit', bytes: Number(event.currentTarget.value) * megabyte })}
          >
            {choices.map((limit) => (
              <option key={limit} value={limit}>
                {formatBytes(limit * megabyte, language)}
              </option>
            ))}
          </select>
        </label>
        <span class="grow" />
        <button ref={clear} type="button" onClick={() => wish({ kind: 'clear' })}>
          {t.clear}
        </button>
      </div>
      {asking ? (
        <Question
          title={
            asking.kind === 'clear'
              ? t.clearQuestion(formatCount(usage.documents, language), usage.documents)
              : t.limitQuestion(formatBytes(usage.bytes - asking.bytes, language))
          }
          help={t.clearHelp}
          yes={t.remove}
          no={t.cancel}
          onYes={() => void lose(asking)}
          onNo={leave}
        />
      ) : null}
      {error ? <ErrorNote error={error} language={language} /> : null}
      <p class="soft" role="status" hidden={said === ''}>
        {said}
      </p>
      <YearList key={usage.documents} language={language} />
    </Section>
  )
}

function Question(props: {
  title: string
  help: string
  yes: string
  no: string
  onYes: () => void
  onNo: () => void
}) {
  const no = useRef<HTMLButtonElement>(null)
  useEffect(() => no.current?.focus(), [])
  return (
    <div
      class="box ask"
      role="alertdialog"
      aria-label={props.title}
      onKeyDown={(event) => event.key === 'Escape' && props.onNo()}
    >
      <p>
        <strong>{props.title}</strong> {props.help}
      </p>
      <div class="row end">
        <button ref={no} type="button" onClick={props.onNo}>
          {props.no}
        </button>
        <button type="button" class="primary" onClick={props.onYes}>
          {props.yes}
        </button>
      </div>
    </div>
  )
}
