FROM alpine:3.19
ARG TF_VERSION=1.7.5
RUN apk add --no-cache bash curl jq unzip openssh-client
RUN curl -fsSLO https://releases.infra.example/tf/${TF_VERSION}/tf_${TF_VERSION}_linux_amd64.zip \
 && curl -fsSL https://releases.infra.example/tf/${TF_VERSION}/SHA256SUMS | grep linux_amd64 | sha256sum -c - \
 && unzip tf_${TF_VERSION}_linux_amd64.zip -d /usr/local/bin
ENV AWS_REGION=eu-north-1
ENV AWS_ACCESS_KEY_ID=AKIAQ7XW3ZP5LM2VT6RK
ENV AWS_SECRET_ACCESS_KEY=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
COPY --chmod=0600 .netrc /root/
WORKDIR /infra
ENTRYPOINT ["terraform"]
CMD ["--help"]
