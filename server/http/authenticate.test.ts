import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { authenticate } from './authenticate.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await createTestEngine();
});
afterAll(() => engine.dispose());

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

it.each([basic(':'), basic('admin:'), basic('admin'), 'Basic', 'Bearer'])(
  'takes "%s" for no token, even where the deployment’s own are empty',
  async (authorization) => {
    const config = { ...engine.deps.config, adminToken: '', intakeToken: '' };
    await expect(
      authenticate({ ...engine.deps, config }, new Headers({ authorization }), undefined)
    ).rejects.toMatchObject({ code: 'unauthenticated', message: expect.stringContaining('neither "Bearer <token>"') });
  }
);
