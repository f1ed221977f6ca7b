'use client';

import { nextLoader } from '@edgecrop/client/next';

export default nextLoader('https://cdn.example.com');
