import type { GrafanaTheme2 } from '@grafana/data';
import { cell } from '../../../core/traces/column.ts';
import type { Flame } from '../../../core/traces/flame/flame.ts';
import type { FlameBox } from '../../../core/traces/flame/flameBoxes.ts';
import { inkOn, serviceColor } from '../serviceColor.ts';

export interface FlamePicture {
  readonly flame: Flame;
  readonly theme: GrafanaTheme2;
  readonly boxes: readonly FlameBox[];
  /** Px of a row, and from the top of the flame to the top of the picture. */
  readonly rowHeight: number;
  readonly top: number;
  readonly size: { readonly width: number; readonly height: number };
  /** 1 for each node that a search found; undefined where nothing was searched for. */
  readonly hits: Uint8Array | undefined;
  readonly selected: number | null;
  readonly current: number | null;
}

const GAP = 1;
const PADDING = 4;
/** What is narrower has no room for a letter. */
const LEAST_TEXT_PX = 24;
const DIMMED = 0.25;

export function drawFlame(context: CanvasRenderingContext2D, picture: FlamePicture): void {
  const { theme, boxes, size } = picture;
  context.clearRect(0, 0, size.width, size.height);
  context.font = `${theme.typography.bodySmall.fontSize} ${theme.typography.fontFamily}`;
  context.textBaseline = 'middle';
  const letter = context.measureText('abcdefghij').width / 10;
  for (const box of boxes) {
    context.globalAlpha = picture.hits === undefined || picture.hits[box.node] === 1 ? 1 : DIMMED;
    drawBox(context, box, { ...picture, letter });
  }
  context.globalAlpha = 1;
  for (const box of boxes) {
    if (box.merged === 1 && (box.node === picture.selected || box.node === picture.current)) {
      outline(context, box, picture);
    }
  }
}

const topOf = ({ row }: FlameBox, { rowHeight, top }: FlamePicture): number => row * rowHeight - top;

function drawBox(context: CanvasRenderingContext2D, box: FlameBox, picture: FlamePicture & { letter: number }): void {
  const { flame, theme, rowHeight } = picture;
  const y = topOf(box, picture);
  const color = box.merged > 1 ? theme.colors.text.disabled : serviceColor(theme, serviceAt(flame, box.node));
  context.fillStyle = color;
  context.fillRect(box.left, y, Math.max(1, box.width - GAP), rowHeight - GAP);
  if (box.merged > 1) {
    return;
  }
  const failed = cell(flame.errors, box.node) > 0;
  if (failed) {
    context.fillStyle = theme.colors.error.main;
    context.fillRect(box.left, y, Math.min(3, box.width), rowHeight - GAP);
  }
  if (box.width >= LEAST_TEXT_PX) {
    const room = box.width - 2 * PADDING - GAP;
    context.fillStyle = inkOn(color);
    context.fillText(
      shortened(`${failed ? '✕ ' : ''}${nameAt(flame, box.node)}`, Math.floor(room / picture.letter)),
      box.left + PADDING,
      y + rowHeight / 2,
      room
    );
  }
}

const serviceAt = ({ services, service }: Flame, node: number): string => services[cell(service, node)] ?? '';

/** The service is in the colour; where it is the first of its service below another, its name too. */
function nameAt(flame: Flame, node: number): string {
  const parent = cell(flame.parent, node);
  const name = flame.names[cell(flame.name, node)] ?? '';
  const sameService = parent !== -1 && flame.service[parent] === flame.service[node];
  return sameService ? name : `${serviceAt(flame, node)}: ${name}`;
}

const shortened = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, Math.max(0, letters - 1))}…`;

function outline(context: CanvasRenderingContext2D, box: FlameBox, picture: FlamePicture): void {
  context.strokeStyle = picture.theme.colors.text.maxContrast;
  context.lineWidth = box.node === picture.selected ? 2 : 1;
  context.strokeRect(box.left + 0.5, topOf(box, picture) + 0.5, Math.max(1, box.width - 2), picture.rowHeight - 2);
}
