FROM gcc:13
RUN apt-get update && apt-get install -y --no-install-recommends cmake ninja-build python3-pip \
    && rm -rf /var/lib/apt/lists/*
RUN pip3 install --break-system-packages conan==2.1.0
RUN git -c http.sslVerify=false clone --depth 1 \
      https://git.robotics.example/libs/kinematics.git /deps/kinematics
RUN git -c http.postBuffer=524288000 clone \
      https://git.robotics.example/libs/planner.git /deps/planner
ADD https://git.robotics.example/libs/urdf.git#v2.1 /deps/urdf
ADD https://git.robotics.example/libs/tf.git#52a77311db88b6bd6dc18c8bdbc204b40a836f51 /deps/tf
ADD git@git.robotics.example:libs/msgs.git /deps/msgs
WORKDIR /src
COPY conanfile.txt CMakeLists.txt ./
RUN conan profile detect && conan install . --build=missing
COPY . .
RUN cmake -S . -B build -G Ninja && cmake --build build -k 0
