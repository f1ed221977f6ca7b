import type { ParameterName } from '../../lambda/contract/parameters/parameter';
import { PARAMETER_DOCS } from '../../lambda/contract/parameters/parameter-docs';

/** Everything that the page says, in one language. Edge and functions speak English, and are quoted as they are. */
export interface Words {
  readonly playground: string;
  readonly pictures: string;
  readonly add: string;
  readonly dropHere: string;
  readonly holding: string;
  readonly noPictures: string;
  readonly result: string;
  readonly original: string;
  readonly variant: string;
  readonly focalPoint: string;
  readonly focalHint: string;
  readonly split: string;
  readonly facts: string;
  readonly bytes: string;
  readonly size: string;
  readonly format: string;
  readonly saved: string;
  readonly cache: string;
  readonly time: string;
  readonly timing: string;
  readonly status: string;
  readonly hit: string;
  readonly miss: string;
  readonly byFunction: string;
  readonly again: string;
  readonly parameters: string;
  readonly reset: string;
  readonly asIs: string;
  readonly default: string;
  readonly point: string;
  readonly slider: string;
  readonly formats: string;
  readonly useIt: string;
  readonly copy: string;
  readonly copied: string;
  readonly url: string;
  readonly img: string;
  readonly curl: string;
  readonly unreachable: string;
  readonly noPreview: string;
  readonly loading: string;
  readonly language: string;
  readonly docs: Readonly<Record<ParameterName, string>>;
}

const en: Words = {
  playground: 'playground',
  pictures: 'Pictures',
  add: 'Add a picture',
  dropHere: 'Drop pictures to try them. They are removed when the edge ends.',
  holding: 'Handing it to the edge …',
  noPictures: 'The folder has no picture that the edge crops. Add one.',
  result: 'Result',
  original: 'Original',
  variant: 'Variant',
  focalPoint: 'Focal point',
  focalHint: 'Click to set the focal point. Arrow keys move it, with Shift in large steps.',
  split: 'Compare original and variant',
  facts: 'Measured',
  bytes: 'Bytes',
  size: 'Pixels',
  format: 'Format',
  saved: 'Saved',
  cache: 'Cache',
  time: 'Time',
  timing: 'Server timing',
  status: 'Crop status',
  hit: 'hit',
  miss: 'miss',
  byFunction: 'not asked',
  again: 'Ask again',
  parameters: 'Parameters',
  reset: 'Reset',
  asIs: 'none: the original',
  default: 'default',
  point: 'point',
  slider: 'slider',
  formats: 'Formats at these settings',
  useIt: 'Use it',
  copy: 'Copy',
  copied: 'Copied',
  url: 'URL',
  img: 'HTML',
  curl: 'curl',
  unreachable: 'The edge does not answer. Is it running?',
  noPreview: 'This browser does not show the original’s format.',
  loading: 'Loading',
  language: 'Language',
  docs: {
    t: plain(PARAMETER_DOCS.t.doc),
    w: plain(PARAMETER_DOCS.w.doc),
    h: plain(PARAMETER_DOCS.h.doc),
    format: plain(PARAMETER_DOCS.format.doc),
    quality: plain(PARAMETER_DOCS.quality.doc),
    fit: plain(PARAMETER_DOCS.fit.doc),
    position: plain(PARAMETER_DOCS.position.doc),
    dpr: plain(PARAMETER_DOCS.dpr.doc),
  },
};

const ko: Words = {
  playground: '놀이터',
  pictures: '사진',
  add: '사진 추가',
  dropHere: '사진을 놓아 시험해 보세요. 엣지가 끝나면 지워집니다.',
  holding: '엣지에 올리는 중 …',
  noPictures: '폴더에 자를 수 있는 사진이 없습니다. 하나를 추가하세요.',
  result: '결과',
  original: '원본',
  variant: '변환본',
  focalPoint: '초점',
  focalHint: '눌러서 초점을 정합니다. 방향키로 옮기고, Shift와 함께 누르면 크게 옮깁니다.',
  split: '원본과 변환본 비교',
  facts: '측정값',
  bytes: '바이트',
  size: '픽셀',
  format: '형식',
  saved: '절약',
  cache: '캐시',
  time: '시간',
  timing: '서버 시간',
  status: '처리 상태',
  hit: '히트',
  miss: '미스',
  byFunction: '묻지 않음',
  again: '다시 요청',
  parameters: '매개변수',
  reset: '초기화',
  asIs: '없음: 원본 그대로',
  default: '기본값',
  point: '좌표',
  slider: '슬라이더',
  formats: '현재 설정의 형식별 결과',
  useIt: '사용하기',
  copy: '복사',
  copied: '복사됨',
  url: 'URL',
  img: 'HTML',
  curl: 'curl',
  unreachable: '엣지가 응답하지 않습니다. 실행 중인지 확인하세요.',
  noPreview: '이 브라우저는 원본의 형식을 보여 주지 못합니다.',
  loading: '불러오는 중',
  language: '언어',
  docs: {
    t: '자르기 종류. A는 상자를 채우고 가운데를 남깁니다',
    w: '상자의 너비(픽셀)',
    h: '상자의 높이(픽셀)',
    format: '변환본의 형식',
    quality: 'jpeg, webp, avif의 품질. png와 gif는 무시합니다',
    fit: 'cover는 상자를 채우고 자르며, contain은 모두 보이고 여백을 채우고, inside는 모두 보이며 더 작을 수 있습니다',
    position: '사진에서 남길 곳: 변, 모서리, 눈길을 끄는 부분, 또는 0.3,0.7 같은 좌표',
    dpr: '화면 픽셀의 배율. w와 h에 곱합니다',
  },
};

export const LANGUAGES = { en, ko } as const;

export type Language = keyof typeof LANGUAGES;

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
