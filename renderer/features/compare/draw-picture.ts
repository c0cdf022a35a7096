import type { Picture, PictureInk, PictureMark } from './comparison-picture.ts';

/** Sharp where it is shown larger than it is. */
const scale = 2;

/** A picture is read on other people's screens: it is light whatever this window is, with the tokens' light values. */
const inks: Readonly<Record<PictureInk, string>> = {
  text: '#1a1f2b',
  soft: '#545d6b',
  public: '#2f62e8',
  tunnel: '#0b7d6e',
  line: '#e3e6eb',
};
const fonts: Readonly<Record<Extract<PictureMark, { kind: 'text' }>['look'], string>> = {
  title: '600 22px',
  strong: '600 14px',
  body: '400 14px',
  small: '400 12px',
};

/** Paints it on a canvas of its own: a PNG in base64. `undefined` where this window has no canvas to give. */
export function drawPicture(picture: Picture): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  const { fontFamily } = getComputedStyle(document.body);
  pen.scale(scale, scale);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, picture.width, picture.height);
  for (const mark of picture.marks) {
    pen.fillStyle = inks[mark.ink];
    if (mark.kind === 'box') pen.fillRect(mark.x, mark.y, mark.width, mark.height);
    else {
      pen.font = `${fonts[mark.look]} ${fontFamily}`;
      pen.fillText(mark.text, mark.x, mark.y, mark.width);
    }
  }
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
