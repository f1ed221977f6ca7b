export default defineNuxtConfig({
  modules: ['@nuxt/image'],
  image: {
    provider: 'edgecrop',
    providers: {
      edgecrop: { provider: '@edgecrop/client/nuxt', options: { baseURL: 'https://cdn.example.com' } },
    },
  },
});
