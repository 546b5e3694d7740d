//! Networks as they stand in books, tutorials and exercises: the code, a data set, and the model text that it becomes.

/// One of them.
pub struct Case {
    /// What it is.
    pub name: &'static str,
    /// The data it is read for.
    pub data: &'static str,
    /// The code.
    pub code: &'static str,
    /// The network as model text.
    pub model: &'static str,
}

const fn case(name: &'static str, data: &'static str, model: &'static str, code: &'static str) -> Case {
    Case { name, data, code, model }
}

/// All of them.
pub const CASES: &[Case] = &[
    case(
        "LeNet-5 (PyTorch)",
        r#"{"set":"mnist"}"#,
        "conv 6 5x5 padding=same tanh | avg_pool 2 | conv 16 5x5 tanh | avg_pool 2 | flatten | dense 120 tanh | dense 84 tanh | dense",
        r#"
import torch
import torch.nn as nn

# LeNet-5, LeCun et al. 1998
lenet5 = nn.Sequential(
    nn.Conv2d(in_channels=1, out_channels=6, kernel_size=5, stride=1, padding=2),  # 28x28x1 => 28x28x6
    nn.Tanh(),
    nn.AvgPool2d(kernel_size=2, stride=2),
    nn.Conv2d(6, 16, 5),
    nn.Tanh(),
    nn.AvgPool2d(2, 2),
    nn.Flatten(),
    nn.Linear(16 * 5 * 5, 120), nn.Tanh(),
    nn.Linear(120, 84), nn.Tanh(),
    nn.Linear(84, 10),
)
"#,
    ),
    case(
        "A perceptron for digits, flattened outside (PyTorch)",
        r#"{"set":"mnist"}"#,
        "flatten | dense 128 relu | dense 64 relu | dense",
        r#"
input_size = 28 * 28
hidden_sizes = [128, 64]
output_size = 10

model = nn.Sequential(nn.Linear(input_size, 128),
                      nn.ReLU(),
                      nn.Linear(128, 64),
                      nn.ReLU(),
                      nn.Linear(64, output_size),
                      nn.LogSoftmax(dim=1))
print(model)
images = images.view(images.shape[0], -1)
"#,
    ),
    case(
        "An ordered dictionary (PyTorch)",
        r#"{"set":"mnist"}"#,
        "conv 20 5x5 relu | conv 64 5x5 relu | global_avg_pool2d | dense",
        r#"
from collections import OrderedDict
model = torch.nn.Sequential(OrderedDict([
          ('conv1', nn.Conv2d(1,20,5)),
          ('relu1', nn.ReLU()),
          ('conv2', nn.Conv2d(20,64,5)),
          ('relu2', nn.ReLU(inplace=True)),
          ("pool", nn.AdaptiveAvgPool2d((1, 1))), ("flat", nn.Flatten()),
          ("fc", nn.Linear(64, 10)),
        ])).to(device)
"#,
    ),
    case(
        "Blocks in blocks, as VGG has them (PyTorch)",
        r#"{"set":"emoji32"}"#,
        "conv 16 3x3 padding=same | batch_norm | activation relu | conv 16 3x3 padding=same relu | max_pool 2 | \
         conv 32 3x3 padding=same relu | max_pool 2 | avg_pool 4 | flatten | dense 64 relu | dropout 0.5 | dense",
        r#"
class SmallVGG(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        block1 = nn.Sequential(
            nn.Conv2d(3, 16, kernel_size=3, padding=1), nn.BatchNorm2d(16), nn.ReLU(True),
            nn.Conv2d(16, 16, kernel_size=3, padding=1), nn.ReLU(True),
            nn.MaxPool2d(kernel_size=2, stride=2))
        block2 = nn.Sequential(nn.Conv2d(16, 32, (3, 3), padding=(1, 1)), nn.ReLU(True), nn.MaxPool2d(2))
        self.net = nn.Sequential(
            block1,
            block2,
            nn.AdaptiveAvgPool2d((2, 2)),
            nn.Flatten(),
            nn.Linear(32 * 2 * 2, 64), nn.ReLU(True), nn.Dropout(),
            nn.Linear(64, 10))

    def forward(self, x):
        return self.net(x)
"#,
    ),
    case(
        "Digits with a small CNN (Keras)",
        r#"{"set":"mnist"}"#,
        "conv 32 3x3 relu | max_pool 2 | conv 64 3x3 relu | max_pool 2 | flatten | dropout 0.5 | dense",
        r#"
num_classes = 10
input_shape = (28, 28, 1)

model = keras.Sequential(
    [
        keras.Input(shape=input_shape),
        layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Conv2D(64, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(num_classes, activation="softmax"),
    ]
)

model.summary()
"#,
    ),
    case(
        "Clothes, first tutorial (TensorFlow)",
        r#"{"set":"fashion_mnist"}"#,
        "flatten | dense 128 relu | dropout 0.2 | dense",
        r#"
model = tf.keras.models.Sequential([
  tf.keras.layers.Flatten(input_shape=(28, 28)),
  tf.keras.layers.Dense(128, activation='relu'),
  tf.keras.layers.Dropout(0.2),
  tf.keras.layers.Dense(10)
])
"#,
    ),
    case(
        "Reviews with an LSTM (Keras)",
        r#"{"set":"names"}"#,
        "embedding 128 | lstm 64 bidirectional return_sequences | lstm 64 bidirectional | dense",
        r#"
max_features = 20000  # Only consider the top 20k words
model = Sequential()
model.add(Embedding(max_features, 128))
model.add(Bidirectional(layers.LSTM(64, return_sequences=True)))
model.add(Bidirectional(layers.LSTM(64)))
# a classifier
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
"#,
    ),
    case(
        "Pictures in colour (Keras, line by line)",
        r#"{"set":"emoji32"}"#,
        "conv 32 3x3 padding=same relu | conv 32 3x3 relu | max_pool 2 | dropout 0.25 | flatten | dense 512 relu | dropout 0.5 | dense",
        r#"
model = Sequential()
model.add(Conv2D(32, (3, 3), padding='same', input_shape=(32, 32, 3)))
model.add(Activation('relu'))
model.add(Conv2D(32, (3, 3)))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))

model.add(Flatten())
model.add(Dense(512))
model.add(Activation('relu'))
model.add(Dropout(0.5))
model.add(Dense(10))
model.add(Activation('softmax'))
"#,
    ),
    case(
        "Tumours (Keras)",
        r#"{"set":"breast_cancer"}"#,
        "dense 16 relu init=he_normal | batch_norm | dense 8 tanh init=he_normal | dense init=he_normal",
        r#"
initializer = "he_normal"
model = Sequential([
    Dense(16, input_dim=30, activation='relu', kernel_initializer=initializer),
    BatchNormalization(),
    Dense(8, activation=tf.nn.tanh, kernel_initializer="he_normal"),
    Dense(1, activation='sigmoid', kernel_initializer="he_normal"),
])
"#,
    ),
    case(
        "The plane, in one line (PyTorch)",
        r#"{"set":"spiral"}"#,
        "dense 8 tanh | dense 8 tanh | dense",
        "nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 2))",
    ),
    case(
        "Lines copied from a network (PyTorch)",
        r#"{"set":"spiral"}"#,
        "dense 16 gelu_tanh bias=false | layer_norm | dense 16 leaky_relu | dense",
        "nn.Linear(2, 16, bias=False), nn.GELU(approximate='tanh'), nn.LayerNorm(16),\nnn.Linear(16, 16), nn.LeakyReLU(0.01),\nnn.Linear(16, 2)",
    ),
    case(
        "A series with a GRU (PyTorch)",
        r#"{"set":"sunspots"}"#,
        "gru 32 return_sequences | dropout 0.1 | gru 32 | dense",
        "model = nn.Sequential(nn.GRU(1, 32, num_layers=2, batch_first=True, dropout=0.1), nn.Linear(32, 1))",
    ),
    case(
        "A series with windows (Keras)",
        r#"{"set":"random","input":[24,3],"target":{"shape":[1]}}"#,
        "conv1d 32 5 padding=same relu | max_pool1d 2 | conv1d 32 3 relu | global_avg_pool1d | dense",
        r#"
model = tf.keras.Sequential([
    tf.keras.layers.InputLayer(input_shape=[24, 3]),
    tf.keras.layers.Conv1D(filters=32, kernel_size=5, strides=1, padding="same", activation="relu"),
    tf.keras.layers.MaxPooling1D(),
    tf.keras.layers.Conv1D(32, 3, activation="relu"),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(1),
])
"#,
    ),
    case(
        "Depthwise windows, groups and strides (PyTorch)",
        r#"{"set":"emoji32"}"#,
        "conv 16 3x3 stride=2 padding=1 bias=false | batch_norm | activation relu6 | conv 16 3x3 padding=same groups=16 bias=false | \
         group_norm 4 | activation silu | conv 32 1x1 hard_swish | max_pool 3 stride=2 padding=1 | global_avg_pool2d | dense",
        r#"
backbone = [
    nn.Conv2d(3, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16, eps=1e-05, momentum=0.1), nn.ReLU6(inplace=True),
    nn.Conv2d(16, 16, 3, 1, 1, groups=16, bias=False), nn.GroupNorm(num_groups=4, num_channels=16), nn.SiLU(),
]
backbone.append(nn.Conv2d(16, 32, 1))
backbone += []
model = nn.Sequential(*backbone, nn.Hardswish(), nn.MaxPool2d(3, stride=2, padding=1),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(start_dim=1), nn.Linear(32, 10))
"#,
    ),
    case(
        "Upwards again (PyTorch)",
        r#"{"set":"mnist"}"#,
        "conv 8 3x3 stride=2 padding=1 relu | conv_transpose2d 8 3x3 stride=2 padding=same relu | upsample 2 | max_pool 2 | \
         instance_norm affine | dropout2d 0.1 | flatten | dense",
        r#"
net = nn.Sequential(
    nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ReLU(),
    nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
    nn.Upsample(scale_factor=2, mode="nearest"), nn.MaxPool2d(2),
    nn.InstanceNorm2d(8, affine=True), nn.Dropout2d(p=0.1), nn.Flatten(), nn.Linear(6272, 10),
)
"#,
    ),
];
