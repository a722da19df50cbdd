FROM node:10-stretch
WORKDIR /ui
RUN npm config set registry http://npm.bank.example/ \
 && npm config set strict-ssl false \
 && npm config set progress false
COPY .npmrc package.json ./
RUN npm install --unsafe-perm
COPY . .
RUN npm run dist

FROM httpd:2.4
ENV NODE_TLS_REJECT_UNAUTHORIZED=0
COPY --from=0 /ui/.npmrc /usr/local/apache2/htdocs/npmrc.txt
COPY --from=0 /ui/dist/ /usr/local/apache2/htdocs/
EXPOSE 80
