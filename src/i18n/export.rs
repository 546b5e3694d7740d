//! Words about code and files for other programs.

use super::{Text, text};

/// Shows the code.
pub const CODE: Text = text("Code in Python", "Python 代码");
/// What it is.
pub const CODE_HELP: Text = text(
    "The same experiment as a script for PyTorch or Keras, in step with every edit; the layer under the pointer is marked in both.",
    "同一实验的 PyTorch 或 Keras 脚本，随每次修改更新；指针所指的层在两处同时标出。",
);
/// What the script is written for.
pub const LIBRARY: Text = text("Library", "框架");
/// Copies it.
pub const COPY: Text = text("Copy code", "复制代码");
/// After it.
pub const COPIED: Text = text("Copied", "已复制");
/// While the network cannot train.
pub const NONE: Text = text("There is no code for this experiment as it is:", "此实验目前没有对应的代码：");
/// Heading.
pub const GO_ON: Text = text("Go on in {name}", "在 {name} 中继续");
/// How.
pub const GO_ON_HOW: Text = text(
    "Save the three files into one folder, install torch and safetensors with pip, and run the script: it begins with these rows and these weights. Where there is a graphics card it uses it, so more layers, more epochs or more data are a matter of editing the numbers.",
    "将三个文件保存到同一文件夹，用 pip 安装 torch 和 safetensors，再运行脚本：它从这里的数据和权重开始。有 GPU 时会自动使用，因此增加层数、轮数或数据只需修改数字。",
);
/// How, in Keras.
pub const GO_ON_KERAS: Text = text(
    "Save the three files into one folder, install keras, jax and safetensors with pip, and run the script: it begins with these rows and these weights. PyTorch or TensorFlow serve in place of jax: set KERAS_BACKEND to torch or tensorflow.",
    "将三个文件保存到同一文件夹，用 pip 安装 keras、jax 和 safetensors，再运行脚本：它从这里的数据和权重开始。也可用 PyTorch 或 TensorFlow 代替 jax：将 KERAS_BACKEND 设为 torch 或 tensorflow。",
);
/// How to come back.
pub const COME_BACK: Text = text(
    "At the end the script writes {file}. Open that file here, with the same network, and training goes on from its weights.",
    "脚本结束时会写出 {file}。保持网络不变，在本页打开该文件，即可由其中的权重继续训练。",
);
/// Button.
pub const SCRIPT: Text = text("Script", "脚本");
/// Button.
pub const WEIGHTS: Text = text("Weights", "权重");
/// Button.
pub const ROWS: Text = text("Rows of data", "数据");
/// Button: the trained network alone.
pub const ONNX: Text = text("Network as ONNX", "ONNX 网络");
/// Heading in the dialog that saves.
pub const OTHERS: Text = text("For PyTorch, Keras and other programs", "用于 PyTorch、Keras 等程序");
