// What the scripts of the site share. Only for `tsc --checkJs`; no page loads it.

/** A message: one text, or one for each kind of number that the language tells apart. */
type Message = string | { [category: string]: string };

/** A question as far as choosing needs it. */
interface Item {
  id: string;
  /** Place of its chapter in `Site.bank.chapters`. */
  chapter: number;
  /** Codes and names; empty where there is none. */
  objective: string;
  level: string;
  /** From 1 to 5; 0 where there is none. */
  difficulty: number;
  tags: string[];
  isRetired: boolean;
  hasFlashcard: boolean;
}

interface ChapterInfo {
  key: string;
  /** Tells it from all other chapters. */
  title: string;
  /** Its title on cards. */
  subdeck: string;
  /** Addresses: of the questions' data and of the page that lists them. */
  data: string;
  page: string;
}

/** One row of the plan: an objective ("" for any), a level ("" for any), how many or what share. */
interface PlanCell {
  objective: string;
  level: string;
  /** A number of questions, or a share of all if `isShare`. */
  amount: number;
  isShare: boolean;
}

interface ExamSettings {
  questions: number | null;
  minutes: number | null;
  pass: number | null;
}

interface Bank {
  id: string;
  title: string;
  language: string;
  chapters: ChapterInfo[];
  exam: ExamSettings;
  /** From here to `pages`: there, and the items complete, once the questions have come. */
  items: Item[];
  /** Codes with their texts, in the author's order. */
  objectives: [string, string][];
  levels: [string, string][];
  tags: string[];
  plan: PlanCell[];
  /** The names of those questions' pages that are not their ids. */
  pages: { [id: string]: string };
  /** Newer ids by older ones. */
  renamed: { [old: string]: string };
  /** Addresses of scripts that are loaded when they are needed, by their names. */
  scripts: { [name: string]: string };
  /** Scripts by the view that needs them. */
  needs: { [view: string]: string[] };
  hasFlashcards: boolean;
}

/** The fields of a question's note, by their names in Anki, and the deck it is in. */
interface Fields {
  [field: string]: string;
}

/** A side of a card: texts, fields, and parts that are there if a field is not empty. */
type Piece = string | { field: string } | { section: string; pieces: Piece[] };

interface Faces {
  front: Piece[];
  back: Piece[];
  flashcardFront: Piece[];
  flashcardBack: Piece[];
  scripts: { [side: string]: () => void };
}

type AnswerKind = "practice" | "exam" | "card";

/** An answer that a learner gave; `t` is the millisecond since 1970 of it. */
interface Answer {
  t: number;
  id: string;
  kind: AnswerKind;
  right: boolean;
}

interface Flag {
  id: string;
  on: boolean;
  t: number;
}

/** What was begun and can be gone on with; `exam:` and a time is an exam that was handed in. */
interface Session {
  kind: "practice" | "cards" | "exam" | `exam:${number}`;
  ids: string[];
  /** Questions of an exam that the release that showed it last does not have. */
  aside?: string[];
  at: number;
  /** Letters of the options in the order on screen, and those chosen, by question. */
  orders: { [id: string]: string[] };
  chosen: { [id: string]: string[] };
  /** What these letters stood for, as letters.js notes it. */
  options?: { [id: string]: string[] };
  /** What was right; of an exam once it was handed in. */
  done: { [id: string]: boolean };
  started: number;
  /** Exam only. */
  exam?: ExamState;
}

interface ExamState {
  /** When the time is up; `null` without a limit. */
  endsAt: number | null;
  pass: number | null;
  struck: { [id: string]: string[] };
  flagged: { [id: string]: boolean };
  /** Minutes that were told of. */
  told: number[];
  isClockHidden: boolean;
  /** Whether the learner chose to go on after the time was up. */
  isOvertime: boolean;
  handedIn: number | null;
  /** The time from which its answers count: that of handing in, unless the clock was wrong before. */
  countsAt?: number;
  /** The tab that changed it last. */
  tab: string;
}

interface Store {
  /** False where the browser keeps nothing. */
  isKept: boolean;
  answers(): Promise<Answer[]>;
  flags(): Promise<Flag[]>;
  countAnswers(): Promise<number>;
  addAnswers(answers: Answer[]): Promise<void>;
  addFlags(flags: Flag[]): Promise<void>;
  session(kind: string): Promise<Session | null>;
  sessions(): Promise<Session[]>;
  /** Reads, changes and writes in one step, so that two tabs lose nothing. */
  change(kind: string, change: (session: Session | null) => Session | null): Promise<Session | null>;
  fact(name: string): Promise<number>;
  setFact(name: string, value: number): Promise<void>;
  forget(): Promise<void>;
}

/** What is known of a learner and one question. */
interface Known {
  right: number;
  wrong: number;
  /** The last answer; `null` if there is none. */
  last: boolean | null;
  /** The last turn of its flashcard. */
  card: boolean | null;
  flagged: boolean;
}

interface Learner {
  read(): Promise<void>;
  /** False where the browser keeps nothing. */
  isKept(): boolean;
  fact(name: string): Promise<number>;
  setFact(name: string, value: number): Promise<void>;
  of(id: string): Known;
  answers(): Answer[];
  /** The time of what is done with these questions now: later than all before, also if the clock was
   * ahead then. */
  after(ids: string[]): number;
  answer(answers: Answer[]): Promise<void>;
  flag(id: string, on: boolean): Promise<void>;
  /** Flags questions as of a time; what was done with their flags after it stays. */
  flagAll(ids: string[], t: number): Promise<void>;
  /** All exams that were handed in, the last one first. */
  exams(): Promise<Session[]>;
  /** Keeps one; an exam that is kept already stays as it is. */
  keepExam(session: Session, done: { [id: string]: boolean }): Promise<void>;
  exported(): Promise<string>;
  /** How many questions of the bank the file has something of; -1 for another file. */
  imported(text: string): Promise<number>;
  forget(): Promise<void>;
  session(kind: string): Promise<Session | null>;
  change(kind: string, change: (session: Session | null) => Session | null): Promise<Session | null>;
  /** Calls back when something changed, here or in another tab. */
  watch(changed: (what: string) => void): () => void;
}

type Child = Node | string | null | undefined | false | Child[];
type Attributes = { [name: string]: unknown };

interface View {
  title: string;
  /** Called when another view takes its place. */
  leave?: () => void;
}

/** A round that is gone through. */
interface Round {
  place: HTMLElement;
  session: Session;
  /** The id of the question on screen. Another tab may be at another one of the same round. */
  shown: string;
  /** The question on screen, until the round ends. */
  fields: Fields | undefined;
  save(change: (session: Session) => void): Promise<void>;
  next(): Promise<void>;
  isLast(): boolean;
  flag(): void;
}

/** A kind of rounds: its session, the form that chooses it, its words, and what shows it. */
interface RoundSettings {
  kind: "practice" | "cards";
  answers: AnswerKind;
  title: string;
  score: (right: number, total: number) => string;
  repeat: string;
  outcomes?: (wrong: string[], session: Session) => HTMLElement;
  play: (round: Round) => Player;
}

/** What shows the questions of a round. */
interface Player {
  box: HTMLElement;
  actions: HTMLElement;
  /** Notes in the session what a question needs before it is drawn. */
  prepare?(session: Session, id: string, fields: Fields): void;
  draw(fields: Fields): void;
}

type Show = (place: HTMLElement, path: string[], query: URLSearchParams) => Promise<View | null>;

/** A running exam in a tab, and a way to change it that another tab's changes survive. */
interface HeldExam {
  now(): Session;
  exam(): ExamState;
  /** Changes it, unless it is over. */
  save(change: (session: Session, exam: ExamState) => void): Promise<void>;
  handIn(): Promise<void>;
  clock: HTMLElement;
  stop(): void;
}

interface Choice {
  chapter: string;
  objective: string;
  level: string;
  tag: string;
  difficulty: string;
  question: string;
  /** `all`, `missed`, `unseen` or `flagged`. */
  state: string;
}

interface SiteFace {
  bank: Bank;
  words: { [key: string]: Message };
  language: string;
  faces: Faces;
  learner: Learner;
  tab: string;

  /** What a table has under a name of its own. */
  own<T>(table: { [name: string]: T }, name: string): T | undefined;

  // say.js
  say(key: string, values?: { [name: string]: string | number }, count?: number): string;
  number(value: number): string;
  percent(part: number, whole: number): string;
  duration(seconds: number): string;
  day(key: string): string;
  moment(time: number): string;

  // dom.js
  h(tag: string, attributes?: Attributes | null, ...children: Child[]): HTMLElement;
  button(label: string, action: (event: Event) => void, kind?: string): HTMLButtonElement;
  field(label: string, control: HTMLElement): HTMLElement;
  icon(name: string): Element;
  inBank(attributes?: Attributes): Attributes;
  notice(name: string, text: string, actions?: HTMLElement[], closed?: () => void): void;
  /** A notice that needs no answer: it leaves by itself, and with the view. */
  passing(name: string, text: string): void;
  unnotice(name: string): void;
  tell(text: string): void;
  confirm(question: string, yes: string): Promise<boolean>;
  words_of(html: string): string;

  // load.js
  script(address: string): Promise<void>;
  need(name: string): Promise<void>;
  fields(ids: string[]): Promise<Map<string, Fields>>;
  chapterFields(chapter: number): Promise<Fields[]>;
  ready: Promise<void>;
  /** The name of a question's page, as addresses.py gives it. */
  fileName(id: string): string;
  receiveBank(data: unknown): void;
  /** Fills what `Site.bank` has of the questions. */
  needQuestions(): Promise<void>;
  receiveQuestions(data: unknown): void;
  receiveChapter(key: string, rows: string[][]): void;
  receiveFaces(faces: Faces): void;

  // store.js, learner.js
  openStore(name: string): Promise<Store>;
  forgetfulStore(): Store;
  openLearner(bank: Bank): Promise<Learner>;
  newSession(kind: Session["kind"], ids: string[]): Session;

  // draw.js
  shuffled<T>(list: T[], random?: () => number): T[];
  seats(weights: number[], room: number[], total: number, random?: () => number): number[];
  drawExam(items: Item[], plan: PlanCell[], total: number, random?: () => number): Item[];

  // choose.js
  choiceOf(query: URLSearchParams): Choice;
  matches(choice: Choice, kind: AnswerKind): Item[];
  choiceForm(settings: {
    kind: AnswerKind;
    choice: Choice;
    start: string;
    extra?: HTMLElement[];
    number: number;
    begin: (ids: string[]) => void;
  }): HTMLElement;

  // card.js
  orderOf(fields: Fields): string[];
  showFront(place: HTMLElement, fields: Fields, order: string[], chosen: string[]): void;
  showBack(place: HTMLElement, fields: Fields, order: string[], chosen: string[]): void;
  showCard(place: HTMLElement, fields: Fields, isBack: boolean): void;
  chosenIn(place: HTMLElement): string[];
  isRight(fields: Fields, chosen: string[]): boolean;
  asPart(place: HTMLElement): void;
  keyedOption(event: KeyboardEvent, place: HTMLElement): HTMLElement | null;

  // letters.js
  /** Brings what a session has of a question to the letters that its options have now. */
  fit(session: Session, fields: Fields): void;
  /** Whether the session has the question's letters as they are now. */
  fits(session: Session, fields: Fields): boolean;

  // views
  views: { [name: string]: Show };
  needs: { [view: string]: string[] };
  go(path: string): void;
  redirect(path: string): void;
  session: {
    leaveButton(view: string): HTMLButtonElement;
    bar(settings: {
      label: string;
      at: number;
      total: number;
      /** To which it is left. */
      view: string;
      extra?: HTMLElement[];
    }): HTMLElement;
    flagButton(isOn: () => boolean, toggle: () => void): HTMLButtonElement;
    focus(place: HTMLElement): void;
    prefetch(ids: string[]): void;
    once<T extends unknown[]>(act: (...values: T) => Promise<void>): (...values: T) => Promise<void>;
    load(id: string): Promise<Fields | undefined | null>;
    following(session: Session, at: number): number;
  };
  /** Begins a round, and asks first if it would take the place of one that is under way. */
  startRound(kind: "practice" | "cards", ids: string[]): Promise<void>;
  /** The view of a round: where it is chosen, gone through, and finished. */
  round(settings: RoundSettings): Show;
  /** A question and how it went, as an item of a list. */
  outcome(fields: Fields, session: Session, isRight: boolean, number: number): HTMLElement;
  clock(settings: {
    state: () => ExamState;
    save: (change: (exam: ExamState) => void) => Promise<void>;
    over: () => Promise<void>;
  }): { node: HTMLElement; stop: () => void };

  // exam-*.js
  isRunning(session: Session | null): boolean;
  /** The exam that is running; where there is none, leads to where there is something. */
  runningExam(): Promise<Session | null>;
  holdExam(first: Session, changed: () => void): HeldExam;
  /** Says that the time is up; whether the learner hands in, or `null` if the view is left. */
  timeUp(leaving: AbortSignal): Promise<boolean | null>;
  setUpExam: Show;
  askExam: Show;
  reviewExam: Show;
  showResult(place: HTMLElement, session: Session): Promise<void>;

  // exams.js
  /** What an exam came to: `isPassed` is `null` without a pass mark. */
  examOutcome(session: Session): {
    right: number;
    total: number;
    isPassed: boolean | null;
    seconds: number;
  };
  examScore(outcome: { right: number; total: number }): string;
  passedSign(isPassed: boolean | null): HTMLElement | null;
  /** Records the last exam, if it was handed in and that was not done yet. */
  settleExam(): Promise<void>;
  /** The exams that were handed in, as a part of a page; `null` if there are none. */
  pastExams(): Promise<HTMLElement | null>;
  chart(days: { key: string; right: number; wrong: number }[]): Element;
  saveProgress(): Promise<void>;
  readProgress(): void;
  fillHome(): Promise<void>;
  watchHome(): void;
}

declare var Site: SiteFace;
interface Window {
  Site: SiteFace;
  mcqdeck?: { press?: unknown; state?: unknown };
}
