export default {
  image: {
    service: { entrypoint: '@edgecrop/client/astro', config: { base: 'https://cdn.example.com' } },
  },
};
