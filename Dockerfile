# One image for every host; the command says which: node dist/apps/<api|projector|relay|standalone|cli>/main.js
FROM node:20-bookworm-slim AS build
WORKDIR /app
ENV SCARF_ANALYTICS=false
COPY package.json package-lock.json .npmrc ./
# better-sqlite3 is optional: where it can neither be downloaded nor compiled it is left out, and libsql serves.
RUN npm ci
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY apps apps
COPY libs libs
RUN npx nest build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
ENV SCARF_ANALYTICS=false
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
RUN mkdir -p /var/lib/rapport && chown node:node /var/lib/rapport
ENV RAPPORT_DATA=/var/lib/rapport
USER node
EXPOSE 3000
CMD ["node", "dist/apps/standalone/main.js"]
