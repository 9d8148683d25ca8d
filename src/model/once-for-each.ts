/** A function that answers what it answered before for the same object, as long as that object is in use. */
export function onceForEach<Subject extends object, Answer>(
  answer: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const known = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    const remembered = known.get(subject) ?? { answer: answer(subject) };
    known.set(subject, remembered);
    return remembered.answer;
  };
}
