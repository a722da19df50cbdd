package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways in which people reach a client: what is marked with {@code <>} is found, and nothing else.
 */
class GateIdiomsTest extends GateInFolder {

  /** Judges a file whose marks are taken out of it, and wants a finding at each of them. */
  private void finds(String name, String marked) throws IOException {
    StringBuilder text = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    int line = 1;
    int column = 1;
    for (int i = 0; i < marked.length(); i++) {
      if (marked.startsWith("<>", i)) {
        expected.append(line).append(':').append(column).append('\n');
        i++;
        continue;
      }
      char c = marked.charAt(i);
      text.append(c);
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    String path = file(name, text.toString()) + ":";
    Audited gated = gate("--fail-on", "low");
    List<String> places =
        gated
            .out()
            .lines()
            .filter(found -> found.startsWith(path))
            .map(found -> found.substring(path.length()).split(": ", 2)[0])
            .toList();
    assertThat(String.join("\n", places)).as(gated.out()).isEqualTo(expected.toString().strip());
    assertThat(gated.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D=$(command -v podman || command -v docker)\n$D run <>--net=host a\n",
        "D=${ENGINE:-$(which podman 2>/dev/null || echo docker)}\n$D run <>--net=host a\n",
        "f() { if x; then echo podman; else echo docker; fi; }\nD=$(f)\n$D run <>--net=host a\n",
        "F=$(if x; then echo <>--privileged; fi)\ndocker run $F a\n",
        "sudo nvidia-docker run <>--net=host a\n",
        "alias dk='docker run <>--privileged'\ndk <>--pid=host img\n",
        "alias q=\"it's\"\ndocker run <>--pid=host a\n",
        "alias docker='sudo docker'\ndocker run <>--pid=host a\n",
        "docker() { sudo docker \"$@\"; }\ndocker run <>--pid=host a\n",
        "sg docker -c 'docker run <>--net=host a'\n",
        "docker-machine ssh default 'docker run <>--net=host a'\n",
        "script -e -c /bin/bash -c 'docker run <>--net=host a'\n",
        "sshpass -p x ssh h 'docker run <>--net=host a'\n",
        "gcloud compute ssh h --command 'docker run <>--net=host a'\n",
        "minikube ssh -- docker run <>--net=host a\n",
        "lxc exec c -- docker run <>--net=host a\n",
        "find . -name x -exec docker run <>--net=host a \\;\n",
        "find . -exec bash -c 'docker run <>--net=host a' \\;\n",
        "screen -dmS a docker run <>--net=host a\n",
        "tmux new-session -d 'docker run <>--net=host a'\n",
        "xterm -e 'docker run <>--net=host a'\n",
        "newgrp docker <<X\ndocker run <>--net=host a\nX\n",
        "bash <<< 'docker run <>--net=host a'\n",
        "printf 'docker run <>--net=host a' | ssh h bash\n",
        "C=$(cat <<X\ndocker run <>--net=host\n-e A=1\nX\n)\n$C a\n",
        "read -r -d '' C <<X\ndocker run <>--net=host a\nX\n$C\n",
        "read -ra A <<< '<>--net=host'\ndocker run \"${A[@]}\" a\n",
        "B[${#B[@]}]=<>--net=host\ndocker run \"${B[@]}\" a\n",
        "printf -v P %s <>--net=host\ndocker run $P a\n",
        ": ${Q:=<>--net=host}\ndocker run $Q a\n",
        "cat > x.js <<X\n$('a').on(function() { `\nX\ndocker run <>--pid=host a\n",
        "J=$(cat <<X\n$('a').on(function() { `\nX\n)\ndocker run $J <>--pid=host a\n",
        "read -ra A <<< '<>--network host --init'\ndocker run \"${A[@]}\" a\n",
        "read -r a b <<< 'docker <>--privileged'\n$a run $b c\n",
        "e() { if command -v podman >/dev/null 2>&1; then echo podman; else echo docker; fi; }\n"
            + "E=$(e)\n$E run <>--privileged a\n",
        "lxc exec c1 -- bash -c 'docker run <>--privileged a'\n",
        "lxc exec c1 -- echo 'a; docker run --privileged b' && multipass exec v -- echo \"it's\"\n",
        "gnome-terminal -- bash -c 'docker run <>--privileged a; exec bash'\n",
        "O=--privileged\ncat > s.sh <<'X'\n#!/bin/bash\ndocker run $O a\nX\n",
        "$DOCKER_COMPOSE run --rm -v /var/run/docker.sock:/s app\n",
        "d=$(pwd -P)\ndocker run -v $d:$d a\n",
        "docker run -v $(pwd -P):/x a\n"
      })
  void ofShells(String script) throws IOException {
    finds("x.sh", script);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D := $(shell command -v podman 2>/dev/null || echo docker)\nx:\n\t$(D) run <>--net=host a\n",
        "D ?= $(shell which docker)\nx:\n\t$(D) run <>--net=host a\n",
        "D := $(if $(shell which podman),podman,docker)\nx:\n\t$(D) run <>--net=host a\n",
        "D = $(notdir $(shell which podman))\nx:\n\t$(D) run <>--net=host a\n",
        "x:\n\t$(CONTAINER_ENGINE) run <>--net=host a\n",
        "K = $(shell [ -e /dev/kvm ] && echo <>--privileged)\nx:\n\tdocker run $(K) a\n",
        "x:\n\tdocker run $(addprefix <>--net=,host) a\n",
        "x:\n\tdocker run $(foreach n,host,<>--pid=$(n)) a\n",
        "x:\n\tdocker run $(addprefix <>--cap-add ,SYS_ADMIN NET_RAW) a\n",
        "Q ?= @\nx:\n\t$(Q)docker run <>--privileged a\n",
        "x:\n\tdocker run $(if $(filter y,$(X)),--rm) <>--privileged a\n",
        "x:\n\t$(DOCKER_COMPOSE) run --rm --service-ports app\n",
        "V := $(shell git describe)\nx:\n\tdocker run a:$(V)\n"
      })
  void ofMakefiles(String makefile) throws IOException {
    finds("Makefile", makefile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent { docker { image 'x'\n args ' <>-u 0 <>--privileged' } }\n",
        "docker.image('a').inside(' <>--privileged') { }\n",
        "docker.image('a').inside('-t ' + '<>--pid=host') { }\n",
        "docker.image('a').inside(\"-v ${pwd()}:/w \" +\n  \"<>--ipc=host\") { }\n",
        "def a = ' <>--net=host'\na = a + ' <>--privileged'\ndocker.image('b').inside(\"${a}\") { }\n",
        "sh 'docker run ' + '<>--userns=host x'\n",
        "def cmd = \"docker run <>--cap-add SYS_ADMIN x\"\nsh cmd\n",
        "docker.image('c').inside(p ? '<>--privileged' : '') { }\n",
        "docker.image('d').withRun(\"\"\"\n  <>--privileged\n  -v a:/a\"\"\") { }\n",
        "sh \"echo '${m[\"k\"]}'\"\nsh \"docker run -e X=${m['k'] ?: 'z'} <>--pid=host x\"\n",
        "def c = '--privileged'\nsh 'docker run ${c} a'\nsh \"docker run ${d} a\"\n",
        "def c = '<>--privileged'\nsh \"docker run ${c} a\"\n",
        "environment { C = '<>--privileged' }\nsh 'docker run $C a'\n",
        "echo 'docker run ' + '--privileged x'\n"
      })
  void ofJenkinsfiles(String pipeline) throws IOException {
    finds("Jenkinsfile", pipeline);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker run <>--privileged <>--cap-add=ALL <>--security-opt seccomp=unconfined a\n",
        "docker run --privileged=$P <>--cap-add SYS_PTRACE a\n",
        "docker run <>--cap-add SYS_ADMIN --cap-add $C a\n",
        "docker run <>--device /dev/sda --device $D a\n",
        "docker run --privileged=false --cap-add CHOWN a\n"
      })
  void ofFlagsThatHideOthers(String script) throws IOException {
    finds("x.sh", script);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "services:\n  a: {image: x, <>privileged: true, cap_add: [<>SYS_ADMIN, CHOWN]}\n",
        "services:\n  a: {image: x, cap_add: [<>SYS_ADMIN, \"${CAP}\"]}\n",
        "services:\n  a: {image: x, devices: [<>\"/dev/sda:/dev/sda\", \"${D}:/dev/x\"]}\n",
        "services:\n  a: {image: x, networks: [default]}\nnetworks: {default: {name: p}}\n",
        "services:\n  a: {image: x, networks: {default: {aliases: [b]}}}\n",
        "services:\n  a: {image: x, networks: {<>h: {aliases: [b]}}}\nnetworks: {h: {name: host}}\n",
        "services:\n  a: {image: x, <>network_mode: host}\nnetworks: {host: {}}\n",
        "services:\n  a: {image: x, environment: {A_TOKEN: <your-token>, B_TOKEN: your_token}}\n",
        "services:\n  a: {image: x, volumes: [\"/run/systemd/resolve/stub-resolv.conf:/r:ro\"]}\n",
        "web: {image: x}\nworker: {extends: {service: web}, <>privileged: true}\n",
        "services:\n  a: {image: x, networks: [<>host]}\nnetworks: {host: {external: true}}\n",
        "services:\n  a: {extends: {file: ./docker-compose.yml, service: b}, <>privileged: true}\n"
            + "  b: {image: x}\n",
        "networks: {a: {}}\nx-b: c\n"
      })
  void ofComposeFiles(String compose) throws IOException {
    finds("docker-compose.yml", compose);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile-dev", "dockerfile_prod", "app.docker", "Dockerfile.x"})
  void ofDockerfiles(String name) throws IOException {
    finds(name, "\uFEFFFROM x\nRUN <>curl https://x.example | sh\nUSER 1\n");
  }
}
