import { findArchiveProblems } from './archive.ts';

const entry = (name: string, mode = 0o644) => ({ name, mode });
const whole = [entry('app/plugin.json'), entry('app/datasource/gpx_x_linux_amd64', 0o755)];

describe('an archive', () => {
  it('has one folder with the id of the plugin', () => {
    expect(findArchiveProblems(whole, 'app')).toEqual([]);
    expect(findArchiveProblems([...whole, entry('notes.txt')], 'app')).toEqual([
      'The archive has notes.txt outside its one folder app/.',
    ]);
    expect(findArchiveProblems([], 'app')).toEqual(['The archive has no app/plugin.json.']);
  });

  it('has each file once, and programs that can be started', () => {
    expect(findArchiveProblems([...whole, entry('app/plugin.json')], 'app')).toEqual([
      'The archive has app/plugin.json twice.',
    ]);
    expect(findArchiveProblems([...whole, entry('app/gpx_x')], 'app')).toEqual([
      'The archive has app/gpx_x with the permissions 644: expected 755.',
    ]);
  });
});
