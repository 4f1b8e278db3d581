import type { APIRoute } from 'astro';
import { courseOutline } from '../site/outline.ts';

/** What the course consists of, for the code that shows progress: fetched where there is some. */
export const GET: APIRoute = async () => new Response(JSON.stringify(await courseOutline()), { headers: { 'content-type': 'application/json' } });
