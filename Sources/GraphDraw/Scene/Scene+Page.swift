extension Scene {
  /// The same scene, larger or smaller in every measure.
  ///
  /// - Parameter factor: 2 doubles every length and every font.
  /// - Returns: The scaled scene.
  public func scaled(by factor: Double) -> Scene {
    var scene = Scene(width: width * factor, height: height * factor)
    scene.omittedPills = omittedPills
    scene.panels = panels.map { panel in
      var panel = panel
      panel.rect = panel.rect.scaled(by: factor)
      panel.penWidth *= factor
      return panel
    }
    scene.labels = labels.map { label in
      var label = label
      label.rect = label.rect.scaled(by: factor)
      label.size *= factor
      return label
    }
    scene.boxes = boxes.map { box in
      var box = box
      box.rect = box.rect.scaled(by: factor)
      box.size *= factor
      box.penWidth *= factor
      return box
    }
    scene.paths = paths.map { path in
      var path = path
      path.points = path.points.map { $0.scaled(by: factor) }
      path.width *= factor
      path.radius *= factor
      path.arrowSize *= factor
      return path
    }
    return scene
  }

  /// The scene scaled to a sheet and centred between its left and right sides.
  ///
  /// - Parameters:
  ///   - page: The sheet.
  ///   - margin: Points kept free on every side.
  ///   - largestScale: How much a small scene may be enlarged.
  /// - Returns: A scene of exactly the size of the sheet.
  public func fitted(
    to page: PageFormat,
    margin: Double = 18,
    largestScale: Double = 1.35
  ) -> Scene {
    let factor = min(
      (page.width - 2 * margin) / max(width, 1),
      (page.height - 2 * margin) / max(height, 1),
      largestScale
    )
    var scene = scaled(by: factor)
    let dx = (page.width - scene.width) / 2
    // A short picture hangs a third down, as a mounted print does.
    let dy = margin + max(0, page.height - 2 * margin - scene.height) / 3
    scene.move(x: dx, y: dy)
    scene.width = page.width
    scene.height = page.height
    return scene
  }

  mutating func move(x dx: Double, y dy: Double) {
    for index in panels.indices { panels[index].rect = panels[index].rect.moved(x: dx, y: dy) }
    for index in labels.indices { labels[index].rect = labels[index].rect.moved(x: dx, y: dy) }
    for index in boxes.indices { boxes[index].rect = boxes[index].rect.moved(x: dx, y: dy) }
    for index in paths.indices {
      paths[index].points = paths[index].points.map { $0.moved(x: dx, y: dy) }
    }
  }
}
