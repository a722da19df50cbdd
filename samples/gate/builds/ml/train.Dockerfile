FROM nvidia/cuda:12.1.1-cudnn8-devel-ubuntu22.04
ARG CONDA_SHA=421560cf2ade185e606c67a673081bab8f5dbb4644ce96a923a04a0643d5b744
ENV PATH=/opt/conda/bin:$PATH TOKENIZERS_PARALLELISM=false
ENV MAX_TOKENS=4096 \
    HF_TOKEN=hf_qNcYtWbZrLmKoPsTdVgHjXeA
RUN apt-get update && apt-get install -y --no-install-recommends wget git && rm -rf /var/lib/apt/lists/*
RUN wget -q https://conda.trainers.example/Mini-py310_23.11-Linux-x86_64.sh -O /tmp/mini.sh && \
    echo "${CONDA_SHA}  /tmp/mini.sh" | sha256sum -c - && \
    bash /tmp/mini.sh -b -p /opt/conda && \
    rm /tmp/mini.sh
WORKDIR /workspace
COPY environment.yml .
RUN conda env update -n base -f environment.yml
COPY train/ train/
CMD ["python", "-m", "train"]
