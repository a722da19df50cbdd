FROM centos:7
ENV HTTP_PROXY=http://svc-build:W1nter-24@proxy.corp.example:3128 \
    NO_PROXY=localhost,.corp.example
ENV GIT_SSL_NO_VERIFY=1
RUN yum -y install git python3 && \
    yum clean all

RUN PYTHONHTTPSVERIFY=0 python3 /usr/local/bin/fetch-certs.py https://pki.corp.example/ca.pem
RUN curl --insecure -o /etc/pki/ca.pem https://pki.corp.example/ca.pem
RUN sh -c "curl -fsSL https://pki.corp.example/enroll.sh | sudo sh"
ONBUILD RUN wget -qO- https://pki.corp.example/child.sh | sh
COPY --chown=1000 docker/.docker/config.json /home/svc/.docker/config.json
RUN install -m 0755 /usr/bin/git /usr/local/bin/git
USER root
CMD ["/bin/bash"]
