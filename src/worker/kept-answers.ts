const mostKept = 3

/** The last few answers. One that was being made when a record changed is not kept, nor one that failed. */
export function keptAnswers<Question, Answer>(make: (question: Question) => Promise<Answer>) {
  let kept = new Map<string, Promise<Answer>>()
  return {
    read: (question: Question): Promise<Answer> => {
      const key = JSON.stringify(question)
      const held = kept
      const answer = held.get(key) ?? make(question)
      held.delete(key)
      held.set(key, answer)
      answer.catch(() => held.delete(key))
      for (const oldest of [...held.keys()].slice(0, -mostKept)) held.delete(oldest)
      return answer
    },
    forget: (): void => {
      kept = new Map()
    },
  }
}
